import { logIn } from '../../../domain/actions/log-in.ts';
import { registerAccount } from '../../../domain/actions/register-account.ts';
import { parseNick } from '../../../domain/nick.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { newAccountRefusal, newCredentials, type NewAccount } from '../../account-entry.ts';
import { defineIrcCommand } from '../command.ts';
import { middle, refusalNumeric } from '../refusal-numerics.ts';
import type { IrcSession } from '../session.ts';

/** REGISTER <account> <email> <password> (IRCv3 draft/account-registration). Nothing is sent to the e-mail. */
export const register = defineIrcCommand({
  verb: 'REGISTER',
  params: { min: 3 },
  stage: 'any',
  cost: 3,
  help: { usage: 'REGISTER <account>|* <e-mail>|* <password>', summary: 'Makes an account.' },
  run(irc, [account = '', email = '', password = '']) {
    const { me } = irc;
    if (me?.account !== undefined) return fail(irc, 'ALREADY_AUTHENTICATED', me.account.name, 'You are logged in');
    const isEarly = !irc.isRegistered && !irc.options.registersEarly;
    if (isEarly) return fail(irc, 'COMPLETE_CONNECTION_REQUIRED', middle(account), 'Come in first');
    // "Servers should ensure that this cannot be used to bypass any authentication restrictions."
    if (!irc.isRegistered && !irc.registration.checkPassword()) return undefined;
    const text = account === '*' ? irc.registration.nickAskedFor : account;
    if (text === undefined) return fail(irc, 'NEED_NICK', '*', 'Say what you want to be called first: NICK');
    const name = parseNick(text, irc.options.limits.nickChars);
    if (!name.ok) return fail(irc, 'BAD_ACCOUNT_NAME', middle(text), 'That cannot be the name of an account');
    return registerAs(irc, { name: name.value, email: email === '*' ? undefined : email }, password);
  },
});

function registerAs(irc: IrcSession, account: NewAccount, password: string): void {
  const { host } = irc;
  const { name } = account;
  const refuse = (refusal: Refusal): void => refused(irc, name.name, refusal);
  irc.later(newCredentials(host, account, password), (credentials) => {
    if (!credentials.ok) return refuse(credentials.error);
    const refusal = newAccountRefusal(host, account);
    if (refusal !== undefined) return refuse(refusal);
    if (!irc.actFor(refuse, registerAccount, { ...account, credentials: credentials.value })) return undefined;
    host.attempts.registered();
    irc.fromServer('REGISTER', 'SUCCESS', name.name, 'Your account is there');
    irc.act(logIn, { account: name.key });
    return undefined;
  });
}

function refused(irc: IrcSession, name: string, refusal: Refusal): void {
  const text = refusal.kind === 'several' ? '' : (refusalNumeric(refusal).at(-1) ?? '');
  fail(irc, failCode(refusal), name, text);
}

/** The codes of IRCv3 draft/account-registration, "Responses". */
function failCode(refusal: Refusal): string {
  if (refusal.kind === 'account-taken') return 'ACCOUNT_EXISTS';
  // For a nick that somebody has without an account; conformance suites tell it apart.
  if (refusal.kind === 'nick-taken') return 'USERNAME_EXISTS';
  if (refusal.kind === 'email-needed' || refusal.kind === 'bad-email') return 'INVALID_EMAIL';
  if (refusal.kind !== 'bad-password') return 'TEMPORARILY_UNAVAILABLE';
  return refusal.problem.kind === 'too-short' ? 'WEAK_PASSWORD' : 'UNACCEPTABLE_PASSWORD';
}

function fail(irc: IrcSession, code: string, account: string, text: string): void {
  irc.fail('FAIL', 'REGISTER', code, [account], text);
}
