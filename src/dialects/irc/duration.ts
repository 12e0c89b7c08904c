const UNITS = { w: 604_800, d: 86_400, h: 3600, m: 60, s: 1 } as const;
/** Ten years: a ban for longer is one for good. */
const MAX_SECONDS = 10 * 365 * 86_400;

/** Reads a time span such as `30` (minutes), `1h30m` or `7d`, in milliseconds. Undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  if (/^\d{1,9}$/.test(text)) return toMs(Number(text) * UNITS.m);
  if (!/^(?:\d{1,9}[wdhms])+$/i.test(text)) return undefined;
  let seconds = 0;
  for (const [, digits = '', unit = ''] of text.toLowerCase().matchAll(/(\d+)([wdhms])/g)) {
    seconds += Number(digits) * UNITS[unit as keyof typeof UNITS];
  }
  return toMs(seconds);
}

function toMs(seconds: number): number | undefined {
  return seconds > 0 && seconds <= MAX_SECONDS ? seconds * 1000 : undefined;
}

/** A time span in words that `parseDuration` reads, in whole seconds. */
export function durationText(ms: number): string {
  let rest = Math.ceil(ms / 1000);
  let text = '';
  for (const [unit, seconds] of Object.entries(UNITS)) {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    if (count > 0) text += `${count}${unit}`;
  }
  return text === '' ? '0s' : text;
}
