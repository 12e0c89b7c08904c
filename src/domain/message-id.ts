/** Crockford's base 32, in order of value, so that ids sort as their sequence numbers do. */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const NO_DIGIT = 255;
/** The value of each digit, by its character code. */
const VALUES = new Uint8Array(128).fill(NO_DIGIT);
for (let value = 0; value < DIGITS.length; value++) VALUES[DIGITS.charCodeAt(value)] = value;

/** Ids that one millisecond has room for: two digits. */
export const IDS_PER_MS = 1024;
/** Digits of the sequence number in an id; what follows them says whose id it is. */
const SEQUENCE_DIGITS = 11;
const ID_DIGITS = 16;

/**
 * A message id is a sequence number (the milliseconds since 1970 times 1024, and a count within the millisecond) in
 * eleven digits of base 32, and five digits of the server's own. So ids are unique, sort by time, and tell their time.
 */
export function messageId(sequence: number, suffix: string): string {
  return baseThirtyTwo(sequence, SEQUENCE_DIGITS) + suffix;
}

/** The sequence number in an id; undefined when it is none of ours. */
export function sequenceOf(id: string): number | undefined {
  if (id.length !== ID_DIGITS) return undefined;
  let sequence = 0;
  for (let at = 0; at < ID_DIGITS; at++) {
    const value = VALUES[id.charCodeAt(at)] ?? NO_DIGIT;
    if (value === NO_DIGIT) return undefined;
    if (at < SEQUENCE_DIGITS) sequence = sequence * DIGITS.length + value;
  }
  return Number.isSafeInteger(sequence) ? sequence : undefined;
}

/** The first sequence number of a time, in milliseconds since 1970. */
export function sequenceAt(ms: number): number {
  return Math.max(0, ms) * IDS_PER_MS;
}

/** The time of a sequence number, in milliseconds since 1970. */
export function timeOf(sequence: number): number {
  return Math.floor(sequence / IDS_PER_MS);
}

/** The id that comes so many places behind another one; before it, if that is below 0. It may be of nothing. */
export function neighbourOf(id: string, places: number): string {
  const sequence = sequenceOf(id);
  return sequence === undefined ? id : messageId(Math.max(0, sequence + places), id.slice(SEQUENCE_DIGITS));
}

/** A number in so many digits, the most significant first. */
export function baseThirtyTwo(value: number, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32)) text = DIGITS[rest % 32]! + text;
  return text;
}

/** Puts what has ids in order, the earliest first: ids sort as the moments do. */
export function byMoment(one: { readonly id: string }, other: { readonly id: string }): number {
  return one.id < other.id ? -1 : 1;
}
