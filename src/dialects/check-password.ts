import { nickKey, type NickKey } from '../domain/nick.ts';
import type { OneRefusal } from '../domain/refusal.ts';
import { ok, refuse, type Result } from '../domain/result.ts';
import type { Host } from './dialect.ts';

/**
 * Finds out whether a password is that of an account, which is named by any nick of its; gives the account's key, for
 * logging in. It takes a while, and in vain as long: call it with `Host.wait`.
 */
export async function checkPassword(host: Host, name: string, password: string): Promise<Result<NickKey, OneRefusal>> {
  const account = host.chat.nickOwners.get(nickKey(name));
  const address = host.chat.sessions.get(host.session)?.address ?? '';
  const right = await host.attempts.guess(account?.key ?? nickKey(name), address, () =>
    host.passwords.verify(account?.credentials, password),
  );
  if (!right.ok) return right;
  return right.value && account !== undefined ? ok(account.key) : refuse({ kind: 'wrong-password' });
}
