import { DEFAULT_PORT, parseTarget, targetText, type Target } from '../../client/target.ts';
import { chatAtTerminal } from '../../terminal/chat.ts';
import { runFilter } from '../../terminal/filter.ts';
import { misused, readCommandLine } from '../command-line.ts';
import { EXIT, hasColours, type Io } from '../io.ts';

const UNSURE = 3;
const DEFAULT_RATE = 2;

const HELP = `Usage: partyline connect [OPTIONS] [HOST] [PORT]

Joins a chat server (default: 127.0.0.1 ${DEFAULT_PORT}). HOST may also be HOST:PORT, [IPV6]:PORT or unix:/PATH.

At a terminal, what arrives is shown above the line you type; Enter sends it. /help lists the server's commands, /quit,
Ctrl-D or Ctrl-C leave. A lost connection is tried for again until it stands.

In a pipe, every line of the input is sent, and what arrives is written to the output:
    echo "deploy done" | partyline connect chat.example.org

  --no-retry     at a terminal: end when the connection is lost
  --rate N       in a pipe: lines a second after the first 5 (default: ${DEFAULT_RATE}, what a server allows; 0: at once)
  -f, --follow   in a pipe: go on reading after the input has ended
  --help         this text

Exit code: 0 when all was sent and taken, 1 when there was no connection or it was lost, 2 when the command line is
wrong, 3 when the server refused something or did not confirm that it has it.
`;

const FLAGS = {
  'no-retry': { type: 'boolean' },
  rate: { type: 'string' },
  follow: { type: 'boolean', short: 'f' },
} as const;

/** `partyline connect` */
export async function run(args: string[], io: Io): Promise<number> {
  const line = readCommandLine(io, args, { command: 'connect', help: HELP, options: FLAGS, maxWords: 2 });
  if (!line.ok) return line.error;
  const { flags, words } = line.value;
  const [host = '127.0.0.1', port] = words;
  const target = parseTarget(host, port);
  if (target === undefined) return misused(io, 'connect', `"${words.join(' ')}" is no address to connect to`);
  const rate = Number(flags.rate ?? DEFAULT_RATE);
  if (!(rate >= 0)) return misused(io, 'connect', `--rate must be a number, 0 or more, not "${flags.rate}"`);
  if (!io.stdin.isTTY) return filter(target, rate, flags.follow === true, io);
  const end = await chatAtTerminal({
    target,
    retries: flags['no-retry'] !== true,
    input: io.stdin,
    output: io.stdout,
    hasColours: hasColours(io.stdout, io.env),
  });
  return end.kind === 'left' ? EXIT.ok : lost(target, end.problem, io);
}

function lost(target: Target, problem: string, io: Io): number {
  const hint = problem === 'connection refused' ? ' Is the server running? "partyline serve" starts one.' : '';
  io.stderr.write(`partyline: no connection to ${targetText(target)}: ${problem}.${hint}\n`);
  return EXIT.failed;
}

async function filter(target: Target, linesPerSecond: number, follows: boolean, io: Io): Promise<number> {
  const abort = new AbortController();
  const interrupt = (): void => abort.abort();
  process.once('SIGINT', interrupt);
  const { stdin: input, stdout: output, stderr: errors } = io;
  const end = await runFilter({ target, input, output, errors, linesPerSecond, follows, signal: abort.signal });
  process.off('SIGINT', interrupt);
  switch (end.kind) {
    case 'done':
      return EXIT.ok;
    case 'failed':
      return lost(target, end.problem, io);
    case 'refused':
      return UNSURE;
    case 'unconfirmed':
      io.stderr.write('partyline: sent, but the server did not confirm that it has it all.\n');
      return UNSURE;
  }
}
