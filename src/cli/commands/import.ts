import { createReadStream, existsSync, mkdirSync } from 'node:fs';
import { LineSplitter, type Line } from '../../protocol/lines.ts';
import { databaseFile } from '../../server/open-storage.ts';
import { DataLock } from '../../storage/data-lock.ts';
import { Importer, ImportFault } from '../../storage/exchange/importer.ts';
import { removeSearchIndex } from '../../storage/search-files.ts';
import { misused, readCommandLine } from '../command-line.ts';
import { countsText } from '../counts-text.ts';
import { EXIT, sentence, type Io } from '../io.ts';
import { DATA_FLAGS, DATA_HELP, failed, interruptible, settingsFor } from '../operate.ts';
import { ProgressLine } from '../progress-line.ts';

const HELP = `Usage: partyline import FILE [OPTIONS]

Takes what "partyline export" has written into the data directory, where no server may run. What is there already
stays as it is, so the same file may be imported again: nothing will be there twice. FILE may be - for the standard
input.

An account with the name of one that is there is taken to be the same. An import brings back what was erased or removed
since the export. When a line is wrong, all that comes before it is kept.

  --dry-run         counts, and changes nothing
${DATA_HELP}
  --json            the counts as JSON
  --help            this text

Exit code: 0 when all of it is there now, 1 when it is not, 2 when the command line is wrong.
`;

/** The longest line of an export, in bytes. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;

/** `partyline import` */
export async function run(args: string[], io: Io): Promise<number> {
  const line = readCommandLine(io, args, {
    command: 'import',
    help: HELP,
    options: { ...DATA_FLAGS, 'dry-run': { type: 'boolean' } },
    maxWords: 1,
  });
  if (!line.ok) return line.error;
  const { flags, words } = line.value;
  const [file] = words;
  if (file === undefined) return misused(io, 'import', 'say which file');
  const settings = settingsFor(io, flags);
  if (settings === undefined) return EXIT.failed;
  if (file !== '-' && !existsSync(file)) return failed(io, `there is no file ${file}`);
  const { data } = settings;
  const isDry = flags['dry-run'] === true;
  const database = databaseFile(settings);
  let lock: DataLock | undefined;
  let importer: Importer | undefined;
  try {
    if (!isDry) mkdirSync(data, { recursive: true });
    if (existsSync(data)) {
      lock = DataLock.take(data, 0);
      if (lock === undefined) return failed(io, `a server runs on ${data}; stop it first`);
    }
    // Of a dry run nothing is left, not even an empty database.
    importer = new Importer(isDry && !existsSync(database) ? ':memory:' : database, isDry);
    await takeAll(importer, file === '-' ? io.stdin : createReadStream(file), io);
    return tell(io, importer, { isDry, isJson: flags.json === true });
  } catch (error) {
    const how = isDry ? 'cannot be imported' : 'was not imported whole';
    return failed(io, `${file} ${how}: ${sentence(error)}`);
  } finally {
    importer?.close();
    // The index knows only of what is newer than the last it has seen.
    if (!isDry && (importer?.imported.added.messages ?? 0) > 0) removeSearchIndex(data);
    lock?.release();
  }
}

/** Takes in a whole file. When a line is wrong, what was before it stays. */
async function takeAll(importer: Importer, input: AsyncIterable<unknown>, io: Io): Promise<void> {
  const progress = new ProgressLine(io);
  const splitter = new LineSplitter(MAX_LINE_BYTES);
  let done = 0;
  const take = (line: Line | undefined): void => {
    if (line === undefined) return;
    done++;
    if (line.kind !== 'line') throw new ImportFault(`line ${done} is too long`);
    importer.take(line.bytes.toString());
    progress.show({ unit: 'lines', done });
  };
  await interruptible(async (signal) => {
    try {
      for await (const chunk of input) {
        if (signal.aborted) throw new ImportFault('interrupted');
        splitter.push(chunk as Buffer);
        for (let line = splitter.next(); line !== undefined; line = splitter.next()) take(line);
      }
      take(splitter.takeRest());
    } catch (error) {
      if (error instanceof ImportFault) importer.finish();
      throw error;
    } finally {
      progress.clear();
    }
  });
  importer.finish();
}

function tell(
  io: Io,
  { imported, isWhole }: Importer,
  { isDry, isJson }: { readonly isDry: boolean; readonly isJson: boolean },
): number {
  const { added, known } = imported;
  if (isJson) io.stdout.write(`${JSON.stringify({ added, known, isWhole })}\n`);
  else {
    io.stdout.write(`${isDry ? 'Would be added' : 'Added'}: ${countsText(added)}.\n`);
    io.stdout.write(`There already: ${countsText(known)}.\n`);
  }
  return isWhole ? EXIT.ok : failed(io, 'the file is not whole: its last line is missing');
}
