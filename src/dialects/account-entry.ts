import type { Account, Credentials } from '../domain/account.ts';
import type { Chat } from '../domain/chat.ts';
import { registrationRefusal } from '../domain/actions/register-account.ts';
import { parseEmailAddress } from '../domain/email-address.ts';
import { nickKey, type Nick, type NickKey } from '../domain/nick.ts';
import type { OneRefusal } from '../domain/refusal.ts';
import { ok, refuse, type Result } from '../domain/result.ts';
import type { Host } from './dialect.ts';

/** What an account is to be made with, besides a password. */
export interface NewAccount {
  readonly name: Nick;
  readonly email: string | undefined;
}

/** A password with an address of e-mail behind it, as people write it who make an account. */
export function splitEmail(text: string): { readonly password: string; readonly email: string | undefined } {
  const [, password, email] = /^(.*\S) +(\S+@\S+)$/.exec(text) ?? [];
  return { password: password ?? text, email };
}

/** Why no such account can be made just now. */
export function newAccountRefusal(
  { attempts, chat, session }: Host,
  { name, email }: NewAccount,
): OneRefusal | undefined {
  if (!chat.limits.takesNewAccounts) return { kind: 'no-new-accounts' };
  if (email === undefined && chat.limits.needsEmail) return { kind: 'email-needed' };
  const address = email === undefined ? undefined : parseEmailAddress(email);
  if (address?.ok === false) return address.error;
  const retryMs = attempts.untilRegistration();
  if (retryMs > 0) return { kind: 'too-many-new-accounts', retryMs };
  return registrationRefusal(chat, session, name);
}

/**
 * What is to be kept of the password of an account that is to be made. Ask `newAccountRefusal` once more when it has come;
 * when the account is made, call `host.attempts.registered`.
 */
export async function newCredentials(
  host: Host,
  account: NewAccount,
  password: string,
): Promise<Result<Credentials, OneRefusal>> {
  const refusal = newAccountRefusal(host, account);
  return refusal === undefined ? host.passwords.hash(password) : refuse(refusal);
}

/** The account of a name: its own, or a nick of its. */
export function findOwner({ accounts, nickOwners }: Chat, name: string): Account | undefined {
  const key = nickKey(name);
  return accounts.get(key) ?? nickOwners.get(key);
}

/** Finds out whether somebody knows the password of an account, named by its own name or by a nick of its. */
export async function provePassword(host: Host, name: string, password: string): Promise<Result<NickKey, OneRefusal>> {
  const key = nickKey(name);
  const account = findOwner(host.chat, name);
  const address = host.chat.sessions.get(host.session)?.address ?? '';
  const check = (): ReturnType<Host['passwords']['verify']> => host.passwords.verify(account?.credentials, password);
  const proved = await host.attempts.guess(account?.key ?? key, address, check);
  if (!proved.ok) return proved;
  return proved.value && account !== undefined ? ok(account.key) : refuse({ kind: 'wrong-password' });
}
