import { notThere } from './command-line.ts';
import { version } from '../server/version.ts';
import { EXIT, sentence, type Io } from './io.ts';

/** A subcommand, loaded when it is asked for. */
interface Subcommand {
  readonly summary: string;
  load(): Promise<{ run(args: string[], io: Io): Promise<number> }>;
}

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  serve: { summary: 'runs a chat server', load: () => import('./commands/serve.ts') },
  connect: {
    summary: 'joins a chat server from this terminal, or from a script',
    load: () => import('./commands/connect.ts'),
  },
  account: {
    summary: 'lists, makes, changes, suspends and deletes accounts',
    load: () => import('./commands/account.ts'),
  },
  room: {
    summary: 'lists rooms, and says whose they are and who may do what',
    load: () => import('./commands/room.ts'),
  },
  backup: { summary: 'copies the database, while a server runs or not', load: () => import('./commands/backup.ts') },
  restore: { summary: 'puts a backup back', load: () => import('./commands/restore.ts') },
  export: {
    summary: 'writes everything that is kept, or the data of one account',
    load: () => import('./commands/export.ts'),
  },
  import: { summary: 'takes in an export', load: () => import('./commands/import.ts') },
  erase: { summary: 'deletes an account and all that it said', load: () => import('./commands/erase.ts') },
  config: { summary: 'shows, checks or writes the settings', load: () => import('./commands/config.ts') },
};

function helpText(): string {
  const rows = [
    ...Object.entries(SUBCOMMANDS).map(([name, { summary }]) => [name, summary] as const),
    ['help', 'explains one of these: partyline help COMMAND'] as const,
    ['version', 'tells the version, also as --version'] as const,
  ];
  return [
    'Usage: partyline COMMAND [OPTIONS]',
    '',
    'A multi-user chat server over TCP. Start one with "partyline serve", join it with "nc HOST 8001".',
    '',
    'Commands:',
    ...rows.map(([name, summary]) => `  ${name.padEnd(10)}${summary}`),
    '',
    'partyline COMMAND --help explains one, with its exit codes: 0 when it was done, 1 when it was not, 2 when the command',
    'line is wrong.',
    '',
  ].join('\n');
}

/** Runs a command line, and gives its exit code. */
export async function runCommandLine(args: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined) {
    io.stderr.write(helpText());
    return EXIT.usage;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    const [topic] = rest;
    if (topic !== undefined && !topic.startsWith('-')) return runCommandLine([topic, '--help'], io);
    io.stdout.write(helpText());
    return EXIT.ok;
  }
  if (name === '--version' || name === '-V' || name === 'version') {
    io.stdout.write(`partyline ${version()} (node ${process.version})\n`);
    return EXIT.ok;
  }
  const subcommand = Object.hasOwn(SUBCOMMANDS, name) ? SUBCOMMANDS[name] : undefined;
  if (subcommand === undefined) {
    const problem = name.startsWith('-')
      ? `there is no option ${name} before the command`
      : notThere('command', name, [...Object.keys(SUBCOMMANDS), 'help', 'version']);
    io.stderr.write(`partyline: ${sentence(problem)} "partyline --help" lists them.\n`);
    return EXIT.usage;
  }
  return (await subcommand.load()).run(rest, io);
}

/** Runs the command line of this process and leaves its exit code with it. */
export async function main(args: readonly string[]): Promise<void> {
  // What is kept is people's own: whatever is written is for whoever runs the server alone.
  process.umask(0o077);
  const { stdin, stdout, stderr, env } = process;
  let hasLost = false;
  stderr.on('error', () => {});
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever read the output may have read enough.
    if (error.code === 'EPIPE' || hasLost) return;
    hasLost = true;
    process.exitCode = EXIT.failed;
    stderr.write(`partyline: cannot write the output: ${sentence(error)}\n`);
  });
  let code: number;
  try {
    code = await runCommandLine(args, { stdin, stdout, stderr, env, cwd: process.cwd() });
  } catch (fault) {
    const isTraced = env['NODE_DEBUG']?.includes('partyline') === true;
    stderr.write(`partyline: ${isTraced && fault instanceof Error ? fault.stack : sentence(fault)}\n`);
    code = EXIT.failed;
  }
  process.exitCode = hasLost && code === EXIT.ok ? EXIT.failed : code;
}
