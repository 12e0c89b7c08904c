import type { Credentials } from '../domain/account.ts';
import { nickKey, type NickKey } from '../domain/nick.ts';
import type { OneRefusal } from '../domain/refusal.ts';
import { ok, refuse, type Result } from '../domain/result.ts';
import type { Host } from './dialect.ts';

/** What is to be kept of the password of an account that is to be made. When it is made, call `host.attempts.registered`. */
export async function newCredentials(host: Host, password: string): Promise<Result<Credentials, OneRefusal>> {
  const retryMs = host.attempts.untilRegistration();
  return retryMs > 0 ? refuse({ kind: 'too-many-new-accounts', retryMs }) : host.passwords.hash(password);
}

/** Finds out whether somebody knows the password of an account, named by its own name or by a nick of its. */
export async function provePassword(host: Host, name: string, password: string): Promise<Result<NickKey, OneRefusal>> {
  const key = nickKey(name);
  const account = host.chat.accounts.get(key) ?? host.chat.nickOwners.get(key);
  const address = host.chat.sessions.get(host.session)?.address ?? '';
  const check = (): ReturnType<Host['passwords']['verify']> => host.passwords.verify(account?.credentials, password);
  const proved = await host.attempts.guess(account?.key ?? key, address, check);
  if (!proved.ok) return proved;
  return proved.value && account !== undefined ? ok(account.key) : refuse({ kind: 'wrong-password' });
}
