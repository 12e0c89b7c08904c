/** Starts the text of a counted message. A tilde is printable in every protocol, and nothing else here contains one. */
export const MARKER = '~T';
/** Starts the text of a message that is only posted to learn who is already listening. */
export const FENCE = '~F';
/** A time is written in this many hexadecimal digits. */
const TIME_DIGITS = 16;
/** The shortest text that has room for marker and time. */
export const MIN_TEXT_BYTES = MARKER.length + TIME_DIGITS;

/** The generator's clock, in milliseconds. All times in messages are read and written by one process. */
export const now = (): number => performance.now();

/** A text of the wanted length that carries the time at which it is posted. */
export function messageText(atMs: number, bytes: number): string {
  const nanoseconds = Math.round(atMs * 1e6);
  return (MARKER + nanoseconds.toString(16).padStart(TIME_DIGITS, '0')).padEnd(bytes, 'x');
}

/** The time in a message whose marker stands at `at`. */
export function readTime(chunk: Uint8Array, at: number): number {
  let nanoseconds = 0;
  const end = at + MIN_TEXT_BYTES;
  for (let i = at + MARKER.length; i < end; i++) {
    const code = chunk[i] ?? 0;
    nanoseconds = nanoseconds * 16 + (code <= 0x39 ? code - 0x30 : code - 0x57);
  }
  return nanoseconds / 1e6;
}
