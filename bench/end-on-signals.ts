/** What a shell shows for a program that a signal has ended: 128 and the signal's number. */
const SIGNAL_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Has a signal end this process as it ends by itself, so that it clears up behind it ('exit'). */
export function endOnSignals(): void {
  for (const [signal, code] of Object.entries(SIGNAL_CODES)) process.once(signal, () => process.exit(code));
}
