import { existsSync, mkdirSync } from 'node:fs';
import { databaseFile } from '../../server/open-storage.ts';
import { copyDatabase, HURRIED } from '../../storage/copy-database.ts';
import { DataLock } from '../../storage/data-lock.ts';
import { removeSearchIndex } from '../../storage/search-files.ts';
import { misused, readCommandLine } from '../command-line.ts';
import { EXIT, sentence, type Io } from '../io.ts';
import { DATA_FLAGS, DATA_HELP, failed, interruptible, settingsFor } from '../operate.ts';
import { ProgressLine } from '../progress-line.ts';

const HELP = `Usage: partyline restore FILE [OPTIONS]

Puts the backup FILE into the data directory, where no server may run. It is checked before anything is replaced.

  --force           replace the database that is there
  --dry-run         checks the file, and replaces nothing
${DATA_HELP}
  --json            the outcome as JSON
  --help            this text

Exit code: 0 when it was done, 1 when it was not, 2 when the command line is wrong.
`;

/** `partyline restore` */
export async function run(args: string[], io: Io): Promise<number> {
  const line = readCommandLine(io, args, {
    command: 'restore',
    help: HELP,
    options: { ...DATA_FLAGS, force: { type: 'boolean' }, 'dry-run': { type: 'boolean' } },
    maxWords: 1,
  });
  if (!line.ok) return line.error;
  const { flags, words } = line.value;
  const [file] = words;
  if (file === undefined) return misused(io, 'restore', 'say which file');
  const settings = settingsFor(io, flags);
  if (settings === undefined) return EXIT.failed;
  if (!existsSync(file)) return failed(io, `there is no file ${file}`);
  const { data } = settings;
  const database = databaseFile(settings);
  const isDry = flags['dry-run'] === true;
  let lock: DataLock | undefined;
  try {
    if (!isDry) mkdirSync(data, { recursive: true });
    if (existsSync(data)) {
      lock = DataLock.take(data, 0);
      if (lock === undefined) return failed(io, `a server runs on ${data}; stop it first`);
    }
    if (existsSync(database) && flags.force !== true) {
      return failed(io, `there is a database in ${data} already; --force replaces it`);
    }
    const { bytes, messages } = await copyIn(file, database, isDry, io);
    if (!isDry) removeSearchIndex(data);
    const done = isDry ? 'would be restored' : 'are restored';
    const outcome = { file: database, bytes, messages };
    io.stdout.write(flags.json === true ? `${JSON.stringify(outcome)}\n` : `${messages} messages ${done}.\n`);
    return EXIT.ok;
  } catch (error) {
    return failed(io, `${file} was not restored: ${sentence(error)}`);
  } finally {
    lock?.release();
  }
}

async function copyIn(
  file: string,
  database: string,
  isDry: boolean,
  io: Io,
): Promise<{ readonly bytes: number; readonly messages: number }> {
  const progress = new ProgressLine(io);
  try {
    return await interruptible((signal) =>
      copyDatabase(file, isDry ? undefined : database, HURRIED, (done, total) => {
        signal.throwIfAborted();
        progress.show({ unit: 'bytes', done, total });
      }),
    );
  } finally {
    progress.clear();
  }
}
