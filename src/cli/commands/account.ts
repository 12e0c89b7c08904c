import { parseArgs } from 'node:util';
import type { Settings } from '../../config/settings.ts';
import { accountAdd } from '../../server/administration/operations/account-add.ts';
import { accountList, type AccountEntry } from '../../server/administration/operations/account-list.ts';
import { columns } from '../columns.ts';
import { EXIT, sentence, type Io } from '../io.ts';
import { DATA_FLAGS, DATA_HELP, failed, misused, operate, settingsFor } from '../operate.ts';
import { readNewPassword } from '../read-password.ts';

const HELP = `Usage: partyline account add|list [NAME] [OPTIONS]

  add NAME            makes an account; asks for its password, or takes the first line of the standard input
  list                lists the accounts (--json for scripts)

Works while a server runs on the data directory, which does it then, and while none does.

${DATA_HELP}
  --help            this text

Exit code: 0 when it was done, 1 when it was not, 2 when the command line is wrong.
`;

function parseFlags(args: string[]) {
  return parseArgs({ args, allowPositionals: true, options: DATA_FLAGS });
}

type Flags = ReturnType<typeof parseFlags>['values'];

interface Verb {
  /** What its words stand for. */
  readonly words: readonly string[];
  run(io: Io, settings: Settings, words: readonly string[], flags: Flags): Promise<number>;
}

const VERBS: Readonly<Record<string, Verb>> = {
  add: { words: ['NAME'], run: add },
  list: { words: [], run: list },
};

/** `partyline account` */
export async function run(args: string[], io: Io): Promise<number> {
  let parsed: ReturnType<typeof parseFlags>;
  try {
    parsed = parseFlags(args);
  } catch (error) {
    return misused(io, 'account', sentence(error));
  }
  const { values, positionals } = parsed;
  if (values.help === true) {
    io.stdout.write(HELP);
    return EXIT.ok;
  }
  const [name = '', ...words] = positionals;
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (verb === undefined)
    return misused(io, 'account', name === '' ? 'say what to do' : `there is no "account ${name}"`);
  if (words.length !== verb.words.length) {
    return misused(io, 'account', `it is "partyline account ${[name, ...verb.words].join(' ')}"`);
  }
  const settings = settingsFor(io, values);
  return settings === undefined ? EXIT.failed : verb.run(io, settings, words, values);
}

async function add(io: Io, settings: Settings, [name = '']: readonly string[]): Promise<number> {
  const password = await readNewPassword(io);
  if (!password.ok) return failed(io, password.error);
  const done = await operate(io, settings, accountAdd, { name, password: password.value }, { isNew: true });
  if (!done.ok) return done.error;
  io.stdout.write(`There is an account ${done.value.name} now.\n`);
  return EXIT.ok;
}

async function list(io: Io, settings: Settings, _words: readonly string[], { json }: Flags): Promise<number> {
  const done = await operate(io, settings, accountList, {});
  if (!done.ok) return done.error;
  if (json === true) io.stdout.write(`${JSON.stringify(done.value, undefined, 2)}\n`);
  else io.stdout.write(columns(['account', 'made', 'last here', ''], done.value.map(accountRow)));
  return EXIT.ok;
}

function accountRow({ name, createdAt, lastSeenAt, suspension, sessions }: AccountEntry): string[] {
  const state = suspension === undefined ? (sessions > 0 ? 'here' : '') : `suspended: ${suspension.reason}`;
  return [name, day(createdAt), day(lastSeenAt), state];
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
