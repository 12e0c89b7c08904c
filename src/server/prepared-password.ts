import type { PasswordProblem } from '../domain/passwords.ts';
import { ok, refuse, type Result } from '../domain/result.ts';

/** The longest password in bytes. IRCv3 account-registration: one that is no longer fits into a message to a service. */
export const MAX_PASSWORD_BYTES = 300;

/** RFC 4013 section 2.1: spaces that are not ASCII become ones, and what nobody sees goes. */
const OTHER_SPACES = /[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/gu;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
/** RFC 4013 section 2.3: control characters, private use, surrogates and the like. */
const PROHIBITED = /[\p{Cc}\p{Co}\p{Cs}\u2028\u2029\ufff9-\uffff]/u;

/** A password as SASLprep (RFC 4013) has it, so that the same one typed on another keyboard is the same bytes. */
export function preparePassword(password: string, minChars: number): Result<string, PasswordProblem> {
  if (Buffer.byteLength(password) > MAX_PASSWORD_BYTES)
    return refuse({ kind: 'too-long', maxBytes: MAX_PASSWORD_BYTES });
  const prepared = password.replaceAll(OTHER_SPACES, ' ').replaceAll(INVISIBLE, '').normalize('NFKC');
  if (PROHIBITED.test(prepared)) return refuse({ kind: 'bad-character' });
  if (Array.from(prepared).length < minChars) return refuse({ kind: 'too-short', minChars });
  return ok(prepared);
}
