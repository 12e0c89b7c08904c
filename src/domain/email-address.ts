import { ok, refuse, type Result } from './result.ts';

/** RFC 5321 section 4.5.3.1.3: a path is of 256 octets at most, with its angle brackets. */
const MAX_BYTES = 254;

/** Reads an address of e-mail. Whether there is such a mailbox only a message to it would tell. */
export function parseEmailAddress(
  text: string,
): Result<string, { readonly kind: 'bad-email'; readonly email: string }> {
  const isOne = /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(text) && Buffer.byteLength(text) <= MAX_BYTES;
  return isOne ? ok(text) : refuse({ kind: 'bad-email', email: text });
}
