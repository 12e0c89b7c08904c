import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { databaseFile } from '../../server/open-storage.ts';
import { ExportReader } from '../../storage/exchange/export-reader.ts';
import type { Counts, EndLine } from '../../storage/exchange/export-format.ts';
import { StorageFault } from '../../storage/storage-fault.ts';
import { readCommandLine } from '../command-line.ts';
import { countsText } from '../counts-text.ts';
import { EXIT, sentence, type Io } from '../io.ts';
import { DATA_FLAGS, DATA_HELP, failed, interruptible, settingsFor } from '../operate.ts';
import { ProgressLine } from '../progress-line.ts';

const HELP = `Usage: partyline export [OPTIONS]

Writes everything that is kept as lines of JSON: accounts, rooms that belong to them, and what was said and happened in
each conversation, in order. A server may run meanwhile. docs/operating.md describes the format, which
"partyline import" reads.

  --account NAME    only the data of one account: what it said and did, and its private conversations; no password
  --out FILE        where to write it (default: the standard output); only its owner may read it
  --dry-run         counts, and writes nothing
${DATA_HELP}
  --json            the counts as JSON, with --out or --dry-run
  --help            this text

Without --account it holds what passwords are checked against: keep it as safe as the database.

Exit code: 0 when it is whole, 1 when it is not, 2 when the command line is wrong.
`;

/** Characters that are written at once. */
const CHUNK_CHARS = 65_536;

/** `partyline export` */
export async function run(args: string[], io: Io): Promise<number> {
  const line = readCommandLine(io, args, {
    command: 'export',
    help: HELP,
    options: { ...DATA_FLAGS, account: { type: 'string' }, out: { type: 'string' }, 'dry-run': { type: 'boolean' } },
    maxWords: 0,
  });
  if (!line.ok) return line.error;
  const { flags } = line.value;
  const settings = settingsFor(io, flags);
  if (settings === undefined) return EXIT.failed;
  const file = databaseFile(settings);
  if (!existsSync(file)) return failed(io, `there is no database in ${settings.data}`);
  const { account, out } = flags;
  let reader: ExportReader | undefined;
  try {
    reader = new ExportReader(file);
    if (account !== undefined && !reader.hasAccount(account)) return failed(io, `there is no account ${account}`);
    const counts = await write(reader, account, flags['dry-run'] === true ? null : (out ?? io.stdout), io);
    if (out === undefined && flags['dry-run'] !== true) return EXIT.ok;
    io.stdout.write(flags.json === true ? `${JSON.stringify(counts)}\n` : `Exported: ${countsText(counts)}.\n`);
    return EXIT.ok;
  } catch (error) {
    return failed(io, `the export is not whole: ${error instanceof StorageFault ? error.message : sentence(error)}`);
  } finally {
    reader?.close();
  }
}

/** @param to the name of a file, a stream, or null for nowhere. */
async function write(
  reader: ExportReader,
  account: string | undefined,
  to: string | NodeJS.WritableStream | null,
  io: Io,
): Promise<Counts> {
  const progress = new ProgressLine(io);
  const total = io.stderr.isTTY && account === undefined ? reader.messageCount() : undefined;
  let counts: EndLine | undefined;
  function* chunks(): Generator<string> {
    let chunk = '';
    let messages = 0;
    for (const line of reader.lines(account)) {
      if (line.kind === 'said' || line.kind === 'told') progress.show({ unit: 'messages', done: ++messages, total });
      if (line.kind === 'end') counts = line as EndLine;
      chunk += `${JSON.stringify(line)}\n`;
      if (chunk.length < CHUNK_CHARS) continue;
      yield chunk;
      chunk = '';
    }
    yield chunk;
  }
  try {
    await interruptible((signal) => send(chunks(), to, signal));
  } finally {
    progress.clear();
  }
  if (counts === undefined) throw new Error('interrupted');
  const { kind: _kind, ...all } = counts;
  return all;
}

async function send(
  chunks: Generator<string>,
  to: string | NodeJS.WritableStream | null,
  signal: AbortSignal,
): Promise<void> {
  if (to === null) {
    while (chunks.next().done !== true) signal.throwIfAborted();
    return undefined;
  }
  const source = Readable.from(chunks, { objectMode: true, highWaterMark: 1 });
  if (typeof to !== 'string') return pipeline(source, to, { signal, end: false });
  const partial = `${to}.partial`;
  try {
    await pipeline(source, createWriteStream(partial, { mode: 0o600, flush: true }), { signal });
    renameSync(partial, to);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}
