import { logIn } from '../../../domain/actions/log-in.ts';
import { registerAccount } from '../../../domain/actions/register-account.ts';
import { parseNick } from '../../../domain/nick.ts';
import { newAccountRefusal, newCredentials, splitEmail } from '../../account-entry.ts';
import { definePlainCommand } from '../command.ts';
import { askPassword } from '../ask-password.ts';
import type { PlainSession } from '../session.ts';
import { tellMissed } from '../tell-missed.ts';

/** /register [password]: makes one's name an account. Without a password it is asked for. An e-mail follows where it must. */
export const register = definePlainCommand({
  name: 'register',
  words: 0,
  min: 0,
  cost: 2,
  takesPassword: true,
  help: {
    usage: '/register [PASSWORD]',
    summary: 'makes your name yours, with a password',
    details: ['without a password it is asked for, and not shown where the terminal can hide it'],
  },
  run(plain, [password]) {
    const { me } = plain;
    if (me === undefined) return;
    if (me.account !== undefined) return plain.notice(`you are logged in as ${me.account.name} already`);
    if (!me.persona.isNamed) return plain.notice('pick a name first: /nick NAME');
    if (password !== undefined) return make(plain, password);
    return askPassword(plain, `a password for ${me.persona.name}:`, (given) => make(plain, given));
  },
});

function make(plain: PlainSession, text: string): void {
  const { host } = plain;
  const { password, email } = host.chat.limits.needsEmail ? splitEmail(text) : { password: text, email: undefined };
  const name = parseNick(plain.me?.persona.name ?? '', plain.options.maxNickChars);
  if (!name.ok) return;
  const account = { name: name.value, email };
  host.wait(newCredentials(host, account, password), (credentials) => {
    if (!credentials.ok) return plain.refused(credentials.error);
    const refusal = newAccountRefusal(host, account);
    if (refusal !== undefined) return plain.refused(refusal);
    if (!host.act(registerAccount, { ...account, credentials: credentials.value })) return undefined;
    host.attempts.registered();
    if (host.act(logIn, { account: name.value.key })) tellMissed(plain, undefined);
    return undefined;
  });
}
