import { identityOf, type Account } from '../../../domain/account.ts';
import { deleteAccount } from '../../../domain/actions/delete-account.ts';
import { MAX_TOLD_ERASED } from '../../../domain/history.ts';
import { provePassword } from '../../account-entry.ts';
import { askPassword } from '../ask-password.ts';
import { definePlainCommand } from '../command.ts';
import type { PlainSession } from '../session.ts';

const CHOICES: readonly string[] = [
  '/unregister keep deletes the account, and what you said stays, under your name',
  '/unregister erase deletes both, for good; what others said to you is theirs, and stays',
];

/** /unregister keep|erase: deletes one's account, and what was said with it or not. Asks for the password. */
export const unregister = definePlainCommand({
  name: 'unregister',
  words: 1,
  min: 0,
  cost: 2,
  help: {
    usage: '/unregister keep|erase',
    summary: 'deletes your account',
    details: CHOICES,
  },
  run(plain, [word = '']) {
    const account = plain.me?.account;
    if (account === undefined) return plain.refused({ kind: 'not-logged-in' });
    const wanted = word.toLowerCase();
    if (wanted !== 'keep' && wanted !== 'erase') {
      plain.notice(`say what is to become of what you said as ${account.name}:`);
      for (const choice of CHOICES) plain.notice(choice);
      return undefined;
    }
    return askPassword(plain, `the password of ${account.name}, to delete it for good:`, (password) =>
      prove(plain, account, { password, isErased: wanted === 'erase' }),
    );
  },
});

function prove(
  plain: PlainSession,
  account: Account,
  { password, isErased }: { readonly password: string; readonly isErased: boolean },
): void {
  const { host } = plain;
  host.wait(provePassword(host, account.name, password), (proved) => {
    if (!proved.ok) return plain.refused(proved.error);
    const erases = isErased ? host.history.lately(identityOf(account), MAX_TOLD_ERASED) : undefined;
    if (!host.act(deleteAccount, { account: account.key, erases })) return undefined;
    const rest = isErased ? 'what you said is being deleted' : 'what you said stays';
    return plain.notice(`the account ${account.name} is deleted; ${rest}`);
  });
}
