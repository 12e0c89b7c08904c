import type { AccountDetails } from '../../server/administration/account-details.ts';
import type { Operation } from '../../server/administration/operation.ts';
import { accountAdd } from '../../server/administration/operations/account-add.ts';
import { accountDelete } from '../../server/administration/operations/account-delete.ts';
import { accountList, type AccountEntry } from '../../server/administration/operations/account-list.ts';
import { accountPasswd } from '../../server/administration/operations/account-passwd.ts';
import { accountRename } from '../../server/administration/operations/account-rename.ts';
import { accountShow } from '../../server/administration/operations/account-show.ts';
import { accountSuspend } from '../../server/administration/operations/account-suspend.ts';
import { accountUnsuspend } from '../../server/administration/operations/account-unsuspend.ts';
import { columns } from '../columns.ts';
import { misused } from '../command-line.ts';
import { confirm } from '../confirm.ts';
import { facts, minute } from '../facts.ts';
import type { Io } from '../io.ts';
import { failed, operate } from '../operate.ts';
import { readNewPassword } from '../read-password.ts';
import { showJson, showText } from '../show.ts';
import { runVerb, type VerbCall, type VerbTable } from '../verbs.ts';

const table: VerbTable = {
  command: 'account',
  about: `A password is asked for at a terminal, or is the first line of the standard input; it is never an argument. An
account that is deleted is gone for good; what it said stays, unless it is "partyline erase" that deletes it.`,
  verbs: [
    { name: 'list', words: [], summary: 'lists the accounts', run: list },
    { name: 'show', words: ['NAME'], summary: 'tells all of an account', run: show },
    { name: 'add', words: ['NAME'], summary: 'makes an account', run: add },
    { name: 'passwd', words: ['NAME'], summary: 'gives an account another password', run: passwd },
    {
      name: 'rename',
      words: ['NAME', 'NEW'],
      summary: 'gives an account another name; the old one is free',
      run: rename,
    },
    {
      name: 'suspend',
      words: ['NAME'],
      summary: 'lets nobody log in to an account, and puts off who is',
      flags: ['reason'],
      run: suspend,
    },
    { name: 'unsuspend', words: ['NAME'], summary: 'lets people log in again', run: unsuspend },
    {
      name: 'delete',
      words: ['NAME'],
      summary: 'deletes an account; its rooms are nobody’s',
      flags: ['yes'],
      run: remove,
    },
  ],
};

/** `partyline account` */
export async function run(args: string[], io: Io): Promise<number> {
  return runVerb(table, args, io);
}

async function list({ io, settings, flags }: VerbCall): Promise<number> {
  const done = await operate(io, settings, accountList, {});
  if (!done.ok) return done.error;
  if (flags.json === true) return showJson(io, done.value);
  return showText(io, columns(['account', 'made', 'last here', ''], done.value.map(accountRow)));
}

function accountRow({ name, createdAt, lastSeenAt, suspension, sessions }: AccountEntry): string[] {
  const state = suspension === undefined ? (sessions > 0 ? 'here' : '') : `suspended: ${suspension.reason}`;
  return [name, day(createdAt), day(lastSeenAt), state];
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

async function show(call: VerbCall): Promise<number> {
  return change(call, accountShow, {}, detailsText);
}

async function add({ io, settings, words: [name = ''], flags }: VerbCall): Promise<number> {
  const password = await readNewPassword(io);
  if (!password.ok) return failed(io, password.error);
  const done = await operate(io, settings, accountAdd, { name, password: password.value }, { isNew: true });
  if (!done.ok) return done.error;
  return flags.json === true ? showJson(io, done.value) : showText(io, `There is an account ${done.value.name} now.\n`);
}

async function passwd(call: VerbCall): Promise<number> {
  const password = await readNewPassword(call.io);
  if (!password.ok) return failed(call.io, password.error);
  const input = { password: password.value };
  return change(call, accountPasswd, input, ({ name }) => `The account ${name} has another password now.\n`);
}

async function rename(call: VerbCall): Promise<number> {
  const [before = '', name = ''] = call.words;
  return change(call, accountRename, { name }, (account) => `The account ${before} is called ${account.name} now.\n`);
}

async function suspend(call: VerbCall): Promise<number> {
  const { reason = '' } = call.flags;
  if (/\p{Cc}/u.test(reason)) return misused(call.io, 'account', 'a reason is one line of text');
  return change(call, accountSuspend, { reason }, ({ name }) => `The account ${name} is suspended.\n`);
}

async function unsuspend(call: VerbCall): Promise<number> {
  return change(call, accountUnsuspend, {}, ({ name }) => `The account ${name} is no longer suspended.\n`);
}

async function remove(call: VerbCall): Promise<number> {
  const [name = ''] = call.words;
  if (call.flags.yes !== true) {
    const sure = await confirm(call.io, 'account', `Delete the account ${name}, for good?`);
    if (sure !== true) return sure;
  }
  return change(call, accountDelete, {}, (account) => `The account ${account.name} is deleted.\n`);
}

/** Does something to the account that the first word names, and tells of it. */
async function change<Input>(
  { io, settings, words: [account = ''], flags }: VerbCall,
  operation: Operation<Input & { readonly account: string }, AccountDetails>,
  input: Input,
  text: (account: AccountDetails) => string,
): Promise<number> {
  const done = await operate(io, settings, operation, { ...input, account });
  if (!done.ok) return done.error;
  return flags.json === true ? showJson(io, done.value) : showText(io, text(done.value));
}

function detailsText(account: AccountDetails): string {
  const { name, nicks, createdAt, lastSeenAt, suspension, hasPassword, fingerprints, isAlwaysOn, isRecorded } = account;
  const others = nicks.filter((nick) => nick !== name);
  return facts({
    account: name,
    'other nicks': others.length === 0 ? undefined : others.join(', '),
    made: minute(createdAt),
    'last here': minute(lastSeenAt),
    suspended:
      suspension === undefined
        ? undefined
        : `${minute(suspension.at)} by ${suspension.by}${suspension.reason === '' ? '' : `: ${suspension.reason}`}`,
    'e-mail': account.email,
    password: hasPassword ? 'yes' : 'none',
    certificates: fingerprints,
    'stays on': isAlwaysOn === undefined ? 'not chosen' : isAlwaysOn ? 'yes' : 'no',
    devices: account.hasManyDevices ? 'as many as wanted' : 'one at a time',
    history: isRecorded ? 'kept' : 'not kept',
    rooms: account.rooms.map((room) => `${room.name} (${room.role})`),
    here: account.sessions.map(({ nick, addresses }) => {
      const from = addresses.length === 0 ? 'without a device' : `from ${addresses.join(', ')}`;
      return `as ${nick}, ${from}`;
    }),
  });
}
