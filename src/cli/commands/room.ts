import { parseArgs } from 'node:util';
import type { Settings } from '../../config/settings.ts';
import { roomList } from '../../server/administration/operations/room-list.ts';
import { columns } from '../columns.ts';
import { EXIT, sentence, type Io } from '../io.ts';
import { DATA_FLAGS, DATA_HELP, misused, operate, settingsFor } from '../operate.ts';

const HELP = `Usage: partyline room list [OPTIONS]

  list                lists the rooms, hidden ones too (--json for scripts)

Works while a server runs on the data directory, which does it then, and while none does.

${DATA_HELP}
  --help            this text

Exit code: 0 when it was done, 1 when it was not, 2 when the command line is wrong.
`;

function parseFlags(args: string[]) {
  return parseArgs({ args, allowPositionals: true, options: DATA_FLAGS });
}

type Flags = ReturnType<typeof parseFlags>['values'];

/** `partyline room` */
export async function run(args: string[], io: Io): Promise<number> {
  let parsed: ReturnType<typeof parseFlags>;
  try {
    parsed = parseFlags(args);
  } catch (error) {
    return misused(io, 'room', sentence(error));
  }
  const { values, positionals } = parsed;
  if (values.help === true) {
    io.stdout.write(HELP);
    return EXIT.ok;
  }
  const [name = '', extra] = positionals;
  if (name !== 'list') return misused(io, 'room', name === '' ? 'say what to do' : `there is no "room ${name}"`);
  if (extra !== undefined) return misused(io, 'room', `"${extra}" is one word too many`);
  const settings = settingsFor(io, values);
  return settings === undefined ? EXIT.failed : list(io, settings, values);
}

async function list(io: Io, settings: Settings, { json }: Flags): Promise<number> {
  const done = await operate(io, settings, roomList, {});
  if (!done.ok) return done.error;
  const rows = done.value.map(({ name, members, topic }) => [name, String(members), topic]);
  io.stdout.write(
    json === true ? `${JSON.stringify(done.value, undefined, 2)}\n` : columns(['room', 'members', 'topic'], rows),
  );
  return EXIT.ok;
}
