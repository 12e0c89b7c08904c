import type { NickKey } from '../../../domain/nick.ts';
import type { DeviceName } from '../../../domain/device-name.ts';
import type { OneRefusal } from '../../../domain/refusal.ts';
import type { Result } from '../../../domain/result.ts';
import type { Host } from '../../dialect.ts';

/**
 * What comes of a message of the client's: something to answer it with, or whose account it has proved to own, and which of
 * their devices it is if it has said so.
 */
export type SaslStep =
  | { readonly challenge: string }
  | { readonly account: NickKey; readonly device?: DeviceName | undefined };

/** One attempt to log in. */
export interface SaslExchange {
  /** Takes the client's next message. */
  next(message: string): Promise<Result<SaslStep, OneRefusal>>;
}

/** A way to prove that one owns an account (RFC 4422). */
export interface SaslMechanism {
  readonly name: string;
  begin(host: Host): SaslExchange;
}
