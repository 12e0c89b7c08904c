import { changeCredentials } from '../../../domain/actions/change-credentials.ts';
import type { Account } from '../../../domain/account.ts';
import { provePassword } from '../../account-entry.ts';
import { askPassword } from '../ask-password.ts';
import { definePlainCommand } from '../command.ts';
import type { PlainSession } from '../session.ts';

/** /passwd: asks for the old password and the new one. */
export const passwd = definePlainCommand({
  name: 'passwd',
  words: 0,
  min: 0,
  cost: 2,
  takesPassword: true,
  help: { usage: '/passwd', summary: 'changes the password of your account' },
  run(plain) {
    const account = plain.me?.account;
    if (account === undefined) return plain.refused({ kind: 'not-logged-in' });
    return askPassword(plain, 'your password of now:', (before) => prove(plain, account, before));
  },
});

function prove(plain: PlainSession, account: Account, before: string): void {
  plain.host.wait(provePassword(plain.host, account.name, before), (proved) => {
    if (!proved.ok) return plain.refused(proved.error);
    return askPassword(plain, 'your new password:', (after) => change(plain, account, after));
  });
}

function change(plain: PlainSession, { key }: Account, after: string): void {
  plain.host.wait(plain.host.passwords.hash(after), (made) => {
    if (!made.ok) return plain.refused(made.error);
    if (plain.host.act(changeCredentials, { account: key, credentials: made.value })) plain.notice('password changed');
    return undefined;
  });
}
