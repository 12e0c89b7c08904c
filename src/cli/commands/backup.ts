import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { databaseFile } from '../../server/open-storage.ts';
import { copyDatabase, UNHURRIED } from '../../storage/copy-database.ts';
import { letOthersGoFirst } from '../../storage/priority.ts';
import { misused, readCommandLine } from '../command-line.ts';
import { EXIT, sentence, type Io } from '../io.ts';
import { DATA_FLAGS, DATA_HELP, failed, interruptible, settingsFor } from '../operate.ts';
import { ProgressLine } from '../progress-line.ts';

const HELP = `Usage: partyline backup FILE|DIR [OPTIONS]

Copies the database, as it is at one moment, into FILE, or into a file in DIR with the time in its name. A server may
run meanwhile and is not held up. The copy is checked. "partyline restore" takes it back.

  --dry-run         says what would be copied, and copies nothing
${DATA_HELP}
  --json            the outcome as JSON
  --help            this text

Exit code: 0 when the copy is there, 1 when it is not, 2 when the command line is wrong.
`;

/** `partyline backup` */
export async function run(args: string[], io: Io): Promise<number> {
  const line = readCommandLine(io, args, {
    command: 'backup',
    help: HELP,
    options: { ...DATA_FLAGS, 'dry-run': { type: 'boolean' } },
    maxWords: 1,
  });
  if (!line.ok) return line.error;
  const { flags, words } = line.value;
  const [target] = words;
  if (target === undefined) return misused(io, 'backup', 'say where to');
  const settings = settingsFor(io, flags);
  if (settings === undefined) return EXIT.failed;
  const from = databaseFile(settings);
  if (!existsSync(from)) return failed(io, `there is no database in ${settings.data}`);
  const isFolder = statSync(target, { throwIfNoEntry: false })?.isDirectory() === true;
  const to = isFolder ? join(target, fileName(new Date())) : target;
  if (existsSync(to)) return failed(io, `there is a file ${to} already`);
  if (flags['dry-run'] === true) {
    const { size } = statSync(from);
    io.stdout.write(
      flags.json === true
        ? `${JSON.stringify({ file: to, bytes: size })}\n`
        : `About ${size} bytes would be copied to ${to}.\n`,
    );
    return EXIT.ok;
  }
  letOthersGoFirst();
  const progress = new ProgressLine(io);
  try {
    const { bytes, messages } = await interruptible((signal) =>
      copyDatabase(from, to, UNHURRIED, (done, total) => {
        signal.throwIfAborted();
        progress.show({ unit: 'bytes', done, total });
      }),
    );
    progress.clear();
    io.stdout.write(
      flags.json === true
        ? `${JSON.stringify({ file: to, bytes, messages })}\n`
        : `${to} has ${messages} messages in ${bytes} bytes.\n`,
    );
    return EXIT.ok;
  } catch (error) {
    progress.clear();
    return failed(io, `there is no backup: ${sentence(error)}`);
  }
}

/** Such as `partyline-2026-03-01T120000Z.db`: names sort by time. */
function fileName(now: Date): string {
  return `partyline-${now.toISOString().slice(0, 19).replaceAll(':', '')}Z.db`;
}
