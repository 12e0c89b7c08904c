import { existsSync, readdirSync } from 'node:fs';
import type { Settings } from '../../config/settings.ts';
import { accountErase } from '../../server/administration/operations/account-erase.ts';
import { databaseFile } from '../../server/open-storage.ts';
import { accountTraces, type AccountTraces } from '../../storage/account-traces.ts';
import { StorageFault } from '../../storage/storage-fault.ts';
import { misused, readCommandLine } from '../command-line.ts';
import { confirm } from '../confirm.ts';
import { countsText } from '../counts-text.ts';
import { EXIT, type Io } from '../io.ts';
import { DATA_FLAGS, DATA_HELP, EXIT_HELP, failed, operate, settingsFor } from '../operate.ts';
import { showJson, showText } from '../show.ts';

const HELP = `Usage: partyline erase ACCOUNT [OPTIONS]

Deletes an account and all that was said and done with it, for good: its messages
and reactions, also the private ones, who it was, its read markers and its places
in the access lists of rooms. Rooms of its own belong to nobody then. What others
said to it is theirs, and stays; so do copies of the database. docs/history.md has
the whole of it. Works while a server runs on the data directory, which does it
then, and while none does.

  --yes             does it without asking; needed where nobody can be asked
  --dry-run         counts, and deletes nothing
${DATA_HELP}
  --json            the outcome as JSON
  --help            this text

${EXIT_HELP}
`;

/** `partyline erase` */
export async function run(args: string[], io: Io): Promise<number> {
  const line = readCommandLine(io, args, {
    command: 'erase',
    help: HELP,
    options: { ...DATA_FLAGS, yes: { type: 'boolean' }, 'dry-run': { type: 'boolean' } },
    maxWords: 1,
  });
  if (!line.ok) return line.error;
  const { flags, words } = line.value;
  const [name] = words;
  if (name === undefined) return misused(io, 'erase', 'say which account');
  const settings = settingsFor(io, flags);
  if (settings === undefined) return EXIT.failed;
  const traces = find(io, settings, name);
  if (traces === undefined) return EXIT.failed;
  if (flags['dry-run'] === true) {
    const text = `This would delete ${tracesText(traces)}${roomsText(traces, "would be nobody's")}.\n`;
    return flags.json === true ? showJson(io, traces) : showText(io, text);
  }
  if (flags.yes !== true) {
    const what = `${tracesText(traces)}${roomsText(traces, "will be nobody's")}`;
    const sure = await confirm(io, 'erase', `Delete ${what}, for good?`);
    if (sure !== true) return sure;
  }
  return erase(io, settings, traces, flags.json === true);
}

/** What there is of the account; undefined, and told why, when that cannot be found out. */
function find(io: Io, settings: Settings, name: string): AccountTraces | undefined {
  const file = databaseFile(settings);
  try {
    const traces = existsSync(file) ? accountTraces(file, name) : undefined;
    if (!existsSync(file)) failed(io, `there is no database in ${settings.data}`);
    else if (traces === undefined) failed(io, `there is no account ${name}`);
    return traces;
  } catch (error) {
    const { message } = StorageFault.from(error);
    failed(io, message);
    return undefined;
  }
}

async function erase(io: Io, settings: Settings, traces: AccountTraces, isJson: boolean): Promise<number> {
  const total = traces.messages + traces.happenings;
  const done = await operate(io, settings, accountErase, { name: traces.account, total });
  if (!done.ok) return done.error;
  const copies = readdirSync(settings.data).filter((file) => /^partyline\.db\.before-v\d+$/.test(file));
  if (isJson) return showJson(io, { ...traces, ...done.value, copies });
  const older = copies.map((file) => `, such as ${file} in ${settings.data}`).join('');
  const lines = [
    `Deleted ${tracesText(traces)}${roomsText(traces, traces.rooms === 1 ? "is nobody's now" : "are nobody's now")}.`,
    ...(done.value.isClean ? [] : ['Something of it is in the files still, until a backup or an export has ended.']),
    `Copies that were made before still have it${older}.`,
  ];
  return showText(io, lines.map((line) => `${line}\n`).join(''));
}

function tracesText({ account, messages, happenings, readMarkers }: AccountTraces): string {
  const isAlone = messages + happenings + readMarkers === 0;
  return `the account ${account}${isAlone ? '' : ` with ${countsText({ messages, happenings, readMarkers })}`}`;
}

/** What becomes of the rooms of its own, if there are any. */
function roomsText({ rooms }: AccountTraces, become: string): string {
  return rooms === 0 ? '' : `; ${rooms} ${rooms === 1 ? 'room' : 'rooms'} of its own ${become}`;
}
