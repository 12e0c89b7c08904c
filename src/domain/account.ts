import { accountIdentity, type Identity } from './conversation.ts';
import type { Chat } from './chat.ts';
import type { NickKey } from './nick.ts';
import type { Session } from './session.ts';

/** What a SCRAM exchange is checked against (RFC 5802 section 3); the password cannot be had from it. Base 64. */
export interface ScramKeys {
  readonly salt: string;
  readonly iterations: number;
  readonly storedKey: string;
  readonly serverKey: string;
}

/** What is kept of a password. Made and checked outside of the domain. */
export interface Credentials {
  /** Salt and argon2id hash. */
  readonly password: string;
  readonly scram: { readonly sha256: ScramKeys; readonly sha512: ScramKeys };
}

/** What the owner of an account has chosen. */
export interface AccountSettings {
  /** Stays in its rooms, and takes private messages, while no device of its is connected; undefined while not chosen. */
  readonly isAlwaysOn: boolean | undefined;
  /** Whether what it says is kept in history. */
  readonly isRecorded: boolean;
  /** Whether a device may come to somebody who is here with another one already. */
  readonly hasManyDevices: boolean;
  /** Where its owner can be written to, if they said so: for the operators of the server alone. */
  readonly email: string | undefined;
}

export const DEFAULT_ACCOUNT_SETTINGS: AccountSettings = {
  isAlwaysOn: undefined,
  isRecorded: true,
  hasManyDevices: true,
  email: undefined,
};

export interface Suspension {
  readonly reason: string;
  readonly by: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A name that belongs to somebody, wherever they come from. Only actions change it. */
export interface Account {
  /** Never given to another account. */
  readonly id: number;
  name: string;
  key: NickKey;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Undefined when it is entered by certificate alone. */
  credentials: Credentials | undefined;
  /** SHA-256 fingerprints of client certificates that are as good as the password. */
  readonly fingerprints: Set<string>;
  /** Nicks that nobody else may take, with their spelling; the account's own name is one of them. */
  readonly nicks: Map<NickKey, string>;
  suspension: Suspension | undefined;
  settings: AccountSettings;
  /** When somebody last was here with it, in milliseconds since 1970. */
  lastSeenAt: number;
}

/** Whether the owner of an account has chosen to stay on, or left the choice to a server that has them stay. */
export function isAlwaysOn({ limits }: Pick<Chat, 'limits'>, { settings }: Account): boolean {
  return settings.isAlwaysOn ?? limits.staysByDefault;
}

/** Whether somebody is to stay when their last device goes: if they are always on, and under a nick that is theirs. */
export function staysOn(chat: Pick<Chat, 'limits'>, { account, persona, isPresent, isExpelled }: Session): boolean {
  if (account === undefined || !isAlwaysOn(chat, account) || account.suspension !== undefined) return false;
  return isPresent && !isExpelled && account.nicks.has(persona.key);
}

export function identityOf(account: Account): Identity {
  return accountIdentity(account.id);
}
