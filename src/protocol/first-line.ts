/** What a protocol says of a connection's first bytes: they are its own, they are not, or they are too few to tell. */
export type Recognition = 'yes' | 'no' | 'maybe';

const LF = 0x0a;

/**
 * Judges a connection by its first line: `no` as soon as it cannot begin with one of `words`, `maybe` until the line is
 * whole, and then whatever `isOurs` says of it, without its line end.
 */
export function recognizeFirstLine(
  firstBytes: Buffer,
  words: readonly string[],
  isOurs: (line: string) => boolean,
): Recognition {
  const end = firstBytes.indexOf(LF);
  const head = firstBytes.toString('latin1', 0, end === -1 ? firstBytes.length : end);
  const mayBegin = words.some((word) => (head.length < word.length ? word.startsWith(head) : head.startsWith(word)));
  if (!mayBegin) return 'no';
  if (end === -1) return 'maybe';
  return isOurs(head.endsWith('\r') ? head.slice(0, -1) : head) ? 'yes' : 'no';
}
