import { addFingerprint } from '../../../domain/actions/add-fingerprint.ts';
import { changeAccountSettings } from '../../../domain/actions/change-account-settings.ts';
import { changeCredentials } from '../../../domain/actions/change-credentials.ts';
import { deleteAccount } from '../../../domain/actions/delete-account.ts';
import { groupNick } from '../../../domain/actions/group-nick.ts';
import { logOut } from '../../../domain/actions/log-out.ts';
import { removeFingerprint } from '../../../domain/actions/remove-fingerprint.ts';
import { ungroupNick } from '../../../domain/actions/ungroup-nick.ts';
import { identityOf, type Account, type AccountSettings } from '../../../domain/account.ts';
import { parseEmailAddress } from '../../../domain/email-address.ts';
import { parseFingerprint } from '../../../domain/fingerprint.ts';
import { MAX_TOLD_ERASED } from '../../../domain/history.ts';
import { parseNick } from '../../../domain/nick.ts';
import { provePassword } from '../../account-entry.ts';
import type { ServiceCommand, ServiceTalk } from './service.ts';

/** A command about the account that one is logged in to. */
function ownCommand(
  definition: Omit<ServiceCommand, 'forAccounts' | 'run'> & {
    run(talk: ServiceTalk, account: Account, params: readonly string[]): void;
  },
): ServiceCommand {
  return {
    ...definition,
    forAccounts: true,
    run(talk, params) {
      const account = talk.irc.me?.account;
      if (account !== undefined) definition.run(talk, account, params);
    },
  };
}

const logout = ownCommand({
  name: 'LOGOUT',
  params: { min: 0, max: 0 },
  help: { usage: 'LOGOUT', summary: 'Logs you out, on all of your devices.' },
  run(talk, { name }) {
    if (talk.act(logOut, undefined)) talk.reply(`You are no longer logged in as ${name}`);
  },
});

const passwd = ownCommand({
  name: 'PASSWD',
  params: { min: 2, max: 2 },
  takesPassword: true,
  help: { usage: 'PASSWD <old password> <new password>', summary: 'Changes your password.' },
  run(talk, { name, key }, [before = '', after = '']) {
    const { irc } = talk;
    const { host } = irc;
    irc.later(provePassword(host, name, before), (proved) => {
      if (!proved.ok) return talk.refuse(proved.error);
      return irc.later(host.passwords.hash(after), (made) => {
        if (!made.ok) return talk.refuse(made.error);
        if (talk.act(changeCredentials, { account: key, credentials: made.value })) talk.reply('Password changed');
        return undefined;
      });
    });
  },
});

const group = ownCommand({
  name: 'GROUP',
  params: { min: 0, max: 0 },
  help: { usage: 'GROUP', summary: 'Makes the nick that you have one more nick of your account.' },
  run(talk, { key, name }) {
    const { irc } = talk;
    const nick = parseNick(irc.name, irc.options.limits.nickChars);
    if (!nick.ok) return talk.refuse({ kind: 'bad-nick', nick: irc.name, problem: nick.error });
    if (talk.act(groupNick, { account: key, nick: nick.value })) talk.reply(`${irc.name} belongs to ${name} now`);
    return undefined;
  },
});

const ungroup = ownCommand({
  name: 'UNGROUP',
  params: { min: 1, max: 1 },
  help: { usage: 'UNGROUP <nick>', summary: 'Gives a nick of your account up.' },
  run(talk, { key }, [nick = '']) {
    if (talk.act(ungroupNick, { account: key, nick })) talk.reply(`${nick} is no longer yours`);
  },
});

const cert = ownCommand({
  name: 'CERT',
  params: { min: 1, max: 2 },
  help: {
    usage: 'CERT LIST | ADD [<fingerprint>] | DEL <fingerprint>',
    summary: 'Certificates that log you in (SASL EXTERNAL); ADD alone takes the one that you are connected with.',
  },
  run(talk, account, [verb = '', text]) {
    if (verb.toUpperCase() === 'LIST') {
      for (const fingerprint of account.fingerprints) talk.reply(fingerprint);
      const count = account.fingerprints.size;
      return talk.reply(`${count} ${count === 1 ? 'certificate logs' : 'certificates log'} you in`);
    }
    const given = text ?? talk.irc.me?.certificateFingerprint;
    if (given === undefined) return talk.reply('You are connected without a certificate; give its fingerprint');
    const parsed = parseFingerprint(given);
    if (!parsed.ok) return talk.reply('A fingerprint is 64 hexadecimal digits (SHA-256)');
    const change = { account: account.key, fingerprint: parsed.value };
    if (verb.toUpperCase() === 'ADD')
      return talk.act(addFingerprint, change) ? talk.reply('Certificate added') : undefined;
    if (verb.toUpperCase() === 'DEL') {
      return talk.act(removeFingerprint, change) ? talk.reply('Certificate removed') : undefined;
    }
    return talk.reply(`Use it like this: ${cert.help.usage}`);
  },
});

/** Settings by the words that SET knows. */
const SETTINGS: ReadonlyMap<string, Exclude<keyof AccountSettings, 'email'>> = new Map([
  ['ALWAYS-ON', 'isAlwaysOn'],
  ['HISTORY', 'isRecorded'],
  ['MULTICLIENT', 'hasManyDevices'],
]);

/** What they may be set to, by the words for it. */
const SWITCHES: ReadonlyMap<string, boolean> = new Map([
  ['ON', true],
  ['TRUE', true],
  ['OFF', false],
  ['FALSE', false],
]);

const set = ownCommand({
  name: 'SET',
  params: { min: 2, max: 2 },
  help: {
    usage: 'SET ALWAYS-ON|HISTORY|MULTICLIENT ON|OFF, or SET EMAIL <address>',
    summary: 'Whether you stay without a client, what you say is kept, several clients may be here; your e-mail.',
  },
  run(talk, { key }, [name = '', value = '']) {
    if (name.toUpperCase() === 'EMAIL') {
      const email = parseEmailAddress(value);
      if (!email.ok) return talk.refuse(email.error);
      const isSet = talk.act(changeAccountSettings, { account: key, settings: { email: email.value } });
      return isSet ? talk.reply(`EMAIL is ${email.value} now`) : undefined;
    }
    const setting = SETTINGS.get(name.toUpperCase());
    const on = SWITCHES.get(value.toUpperCase());
    if (setting === undefined || on === undefined) return talk.reply(`Use it like this: ${set.help.usage}`);
    return talk.act(changeAccountSettings, { account: key, settings: { [setting]: on } })
      ? talk.reply(`${name.toUpperCase()} is ${on ? 'on' : 'off'} now`)
      : undefined;
  },
});

const drop = ownCommand({
  name: 'DROP',
  params: { min: 1, max: 2 },
  takesPassword: true,
  help: {
    usage: 'DROP KEEP|ERASE <password>',
    summary:
      'Deletes your account, for good. KEEP: what you said stays, under your name. ERASE: it is deleted as well; what others said to you is theirs.',
  },
  run(talk, account, [word = '', password = '']) {
    const { irc } = talk;
    const { host } = irc;
    const isErased = word.toUpperCase() === 'ERASE';
    if (!isErased && word.toUpperCase() !== 'KEEP') {
      return talk.reply(`Say what is to become of what you said: ${drop.help.usage}. ${drop.help.summary}`);
    }
    return irc.later(provePassword(host, account.name, password), (proved) => {
      if (!proved.ok) return talk.refuse(proved.error);
      const erases = isErased ? host.history.lately(identityOf(account), MAX_TOLD_ERASED) : undefined;
      if (!talk.act(deleteAccount, { account: account.key, erases })) return undefined;
      const rest = isErased ? '; what you said is being deleted' : '; what you said stays';
      return talk.reply(`The account ${account.name} is deleted${rest}`);
    });
  },
});

/** What NickServ does for those who are logged in. */
export const ownAccountCommands: readonly ServiceCommand[] = [logout, passwd, group, ungroup, cert, set, drop];
