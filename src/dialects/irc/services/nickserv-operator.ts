import { identityOf } from '../../../domain/account.ts';
import { deleteAccount } from '../../../domain/actions/delete-account.ts';
import { registerAccount } from '../../../domain/actions/register-account.ts';
import { renameAccount } from '../../../domain/actions/rename-account.ts';
import { suspendAccount } from '../../../domain/actions/suspend-account.ts';
import { unsuspendAccount } from '../../../domain/actions/unsuspend-account.ts';
import { MAX_TOLD_ERASED } from '../../../domain/history.ts';
import { nickKey, parseNick } from '../../../domain/nick.ts';
import type { ServiceCommand } from './service.ts';

const saregister: ServiceCommand = {
  name: 'SAREGISTER',
  params: { min: 2, max: 2 },
  takesPassword: true,
  forOperators: true,
  help: { usage: 'SAREGISTER <account> <password>', summary: 'Makes an account for somebody else.' },
  run(talk, [name = '', password = '']) {
    const { irc } = talk;
    const parsed = parseNick(name, irc.options.limits.nickChars);
    if (!parsed.ok) return talk.refuse({ kind: 'bad-nick', nick: name, problem: parsed.error });
    return irc.later(irc.host.passwords.hash(password), (made) => {
      if (!made.ok) return talk.refuse(made.error);
      const account = { name: parsed.value, credentials: made.value };
      if (talk.act(registerAccount, account)) talk.reply(`The account ${name} is there`);
      return undefined;
    });
  },
};

const suspend: ServiceCommand = {
  name: 'SUSPEND',
  params: { min: 1, max: 2 },
  forOperators: true,
  help: { usage: 'SUSPEND <account> [<reason>]', summary: 'Lets nobody log in to an account, and puts off who is.' },
  run(talk, [name = '', reason = '']) {
    if (talk.act(suspendAccount, { account: nickKey(name), reason })) talk.reply(`The account ${name} is suspended`);
  },
};

const unsuspend: ServiceCommand = {
  name: 'UNSUSPEND',
  params: { min: 1, max: 1 },
  forOperators: true,
  help: { usage: 'UNSUSPEND <account>', summary: 'Lets people log in to an account again.' },
  run(talk, [name = '']) {
    if (talk.act(unsuspendAccount, { account: nickKey(name) }))
      talk.reply(`The account ${name} is no longer suspended`);
  },
};

const rename: ServiceCommand = {
  name: 'RENAME',
  params: { min: 2, max: 2 },
  forOperators: true,
  help: { usage: 'RENAME <account> <new name>', summary: 'Gives an account another name; it stays the same account.' },
  run(talk, [name = '', after = '']) {
    const parsed = parseNick(after, talk.irc.options.limits.nickChars);
    if (!parsed.ok) return talk.refuse({ kind: 'bad-nick', nick: after, problem: parsed.error });
    if (talk.act(renameAccount, { account: nickKey(name), name: parsed.value })) talk.reply(`${name} is ${after} now`);
    return undefined;
  },
};

const erase: ServiceCommand = {
  name: 'ERASE',
  params: { min: 1, max: 1 },
  forOperators: true,
  help: { usage: 'ERASE <account>', summary: 'Deletes an account and all that was said with it, for good.' },
  run(talk, [name = '']) {
    const { host } = talk.irc;
    const account = host.chat.accounts.get(nickKey(name));
    const erases = account === undefined ? [] : host.history.lately(identityOf(account), MAX_TOLD_ERASED);
    if (talk.act(deleteAccount, { account: nickKey(name), erases })) {
      talk.reply(`The account ${name} is deleted; what was said with it is being deleted`);
    }
  },
};

/** What NickServ does for operators of the server. */
export const operatorCommands: readonly ServiceCommand[] = [saregister, suspend, unsuspend, rename, erase];
