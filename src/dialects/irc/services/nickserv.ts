import { endPresence } from '../../../domain/actions/end-presence.ts';
import { logIn } from '../../../domain/actions/log-in.ts';
import { registerAccount } from '../../../domain/actions/register-account.ts';
import { isAlwaysOn, type Account } from '../../../domain/account.ts';
import { splitDeviceName } from '../../../domain/device-name.ts';
import { nickKey, parseNick } from '../../../domain/nick.ts';
import { findOwner, newAccountRefusal, newCredentials, provePassword, splitEmail } from '../../account-entry.ts';
import { ownAccountCommands } from './nickserv-account.ts';
import { operatorCommands } from './nickserv-operator.ts';
import { defineService, type ServiceCommand, type ServiceTalk } from './service.ts';

const register: ServiceCommand = {
  name: 'REGISTER',
  params: { min: 1, max: 1 },
  takesPassword: true,
  help: { usage: 'REGISTER <password> [<e-mail>]', summary: 'Makes your nick an account of yours.' },
  run(talk, [text = '']) {
    const { password, email } = splitEmail(text);
    const { irc } = talk;
    const { host, me } = irc;
    if (me?.account !== undefined) return talk.reply(`You are logged in as ${me.account.name} already`);
    const name = parseNick(irc.name, irc.options.limits.nickChars);
    if (!name.ok) return talk.refuse({ kind: 'bad-nick', nick: irc.name, problem: name.error });
    const account = { name: name.value, email };
    return irc.later(newCredentials(host, account, password), (credentials) => {
      if (!credentials.ok) return talk.refuse(credentials.error);
      const refusal = newAccountRefusal(host, account);
      if (refusal !== undefined) return talk.refuse(refusal);
      if (!talk.act(registerAccount, { ...account, credentials: credentials.value })) return undefined;
      host.attempts.registered();
      talk.reply('Account created');
      talk.act(logIn, { account: name.value.key });
      return undefined;
    });
  },
};

const identify: ServiceCommand = {
  name: 'IDENTIFY',
  params: { min: 1, max: 2 },
  takesPassword: true,
  help: { usage: 'IDENTIFY [<account>] <password>', summary: 'Logs you in; without an account, to that of your nick.' },
  run(talk, [first = '', second]) {
    const { irc } = talk;
    // A password may have blanks in it.
    const namesAccount = second !== undefined && findOwner(irc.host.chat, splitDeviceName(first).name) !== undefined;
    const [name, password] = namesAccount ? [first, second] : [irc.name, [first, second].join(' ').trimEnd()];
    return logInAs(talk, name, password, () => talk.reply(`You are now logged in as ${irc.me?.account?.name}`));
  },
};

function logInAs(talk: ServiceTalk, name: string, password: string, goOn: () => void): void {
  const { irc } = talk;
  const { name: account, device } = splitDeviceName(name);
  irc.later(provePassword(irc.host, account, password), (proved) => {
    if (!proved.ok) return talk.refuse(proved.error);
    irc.returning.called(device);
    return talk.act(logIn, { account: proved.value }) ? goOn() : undefined;
  });
}

const ghost: ServiceCommand = {
  name: 'GHOST',
  params: { min: 1, max: 2 },
  takesPassword: true,
  help: {
    usage: 'GHOST <nick> [<password>]',
    summary: 'Ends a connection of yours that still has a nick of yours; with the password, logs you in first.',
  },
  run(talk, [nick = '', password]) {
    const end = (): void => {
      if (talk.act(endPresence, { name: nick })) talk.reply(`${nick} is disconnected; you can be called so now`);
    };
    return password === undefined ? end() : logInAs(talk, nick, password, end);
  },
};

const info: ServiceCommand = {
  name: 'INFO',
  params: { min: 0, max: 1 },
  help: { usage: 'INFO [<nick|account>]', summary: 'Tells about an account: yours, or another.' },
  run(talk, [name]) {
    const account = findAccount(talk, name);
    if (account === undefined)
      return talk.reply(name === undefined ? 'You are not logged in' : `${name} is no account`);
    talk.reply(`Account: ${account.name}`);
    talk.reply(`Registered: ${new Date(account.createdAt).toUTCString()}`);
    if (account !== talk.irc.me?.account && !talk.isOperator) return undefined;
    talk.reply(`Nicks: ${[...account.nicks.values()].join(' ')}`);
    talk.reply(`E-mail: ${account.settings.email ?? 'none'}`);
    talk.reply(`Always on: ${isAlwaysOn(talk.irc.host.chat, account) ? 'yes' : 'no'}`);
    talk.reply(`What you say is kept: ${account.settings.isRecorded ? 'yes' : 'no'}`);
    return talk.reply(`Several clients at once: ${account.settings.hasManyDevices ? 'yes' : 'no'}`);
  },
};

/** The account of a name, of a nick, or of whoever is called so; one's own without a name. */
function findAccount({ irc }: ServiceTalk, name: string | undefined): Account | undefined {
  if (name === undefined) return irc.me?.account;
  const { chat } = irc.host;
  const key = nickKey(name);
  return chat.accounts.get(key) ?? chat.nickOwners.get(key) ?? chat.find(name)?.account;
}

/** NickServ: accounts and the nicks that belong to them. */
export const nickServ = defineService('NickServ', 'keeps accounts and their nicks', [
  register,
  identify,
  ghost,
  info,
  ...ownAccountCommands,
  ...operatorCommands,
]);
