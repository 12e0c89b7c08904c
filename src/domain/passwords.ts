import type { Credentials, ScramKeys } from './account.ts';
import type { NickKey } from './nick.ts';
import type { OneRefusal } from './refusal.ts';
import type { Result } from './result.ts';

/** Why a text cannot be somebody's password. */
export type PasswordProblem =
  | { readonly kind: 'too-short'; readonly minChars: number }
  | { readonly kind: 'too-long'; readonly maxBytes: number }
  | { readonly kind: 'bad-character' };

/** Which of an account's keys a SCRAM exchange uses. */
export type ScramHash = keyof Credentials['scram'];

/**
 * What can be done with passwords. It takes long, so it is done elsewhere than in the chat, a few at a time; when too many
 * wait already it is refused, with a time. Nothing of a password is in any answer.
 */
export interface Passwords {
  /** What is to be kept of a new password. */
  hash(password: string): Promise<Result<Credentials, OneRefusal>>;
  /** Whether a password is the right one. Without credentials it is not, which takes as long to find out. */
  verify(credentials: Credentials | undefined, password: string): Promise<Result<boolean, OneRefusal>>;
  /** Keys for a name that has none: always the same ones, which no password fits. */
  decoy(name: NickKey, hash: ScramHash): ScramKeys;
}

/** Limits how often it is tried to get in. */
export interface Attempts {
  /**
   * Finds out whether somebody has proved to own an account, unless too much that was wrong has been tried for the same
   * name or from the same address; what is being found out for them already is waited for.
   */
  guess(name: NickKey, address: string, check: Check): Promise<Result<boolean, OneRefusal>>;
  /** Milliseconds until another account may be made; 0 when it may be made now. */
  untilRegistration(): number;
  /** Another account was made. */
  registered(): void;
}

export type Check = () => Promise<Result<boolean, OneRefusal>>;
