import { version } from '../server/version.ts';
import { EXIT, type Io } from './io.ts';

/** A subcommand, loaded when it is asked for. */
interface Subcommand {
  readonly summary: string;
  load(): Promise<{ run(args: string[], io: Io): Promise<number> }>;
}

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  serve: { summary: 'run a chat server', load: () => import('./commands/serve.ts') },
  connect: {
    summary: 'join a chat server from this terminal, or from a script',
    load: () => import('./commands/connect.ts'),
  },
  account: { summary: 'make, change and list accounts', load: () => import('./commands/account.ts') },
  room: { summary: 'list rooms, and say whose they are', load: () => import('./commands/room.ts') },
  export: {
    summary: 'write everything that is kept, or the data of one account',
    load: () => import('./commands/export.ts'),
  },
  backup: { summary: 'copy the database, while a server runs or not', load: () => import('./commands/backup.ts') },
  import: { summary: 'take in an export', load: () => import('./commands/import.ts') },
  restore: { summary: 'put a backup back', load: () => import('./commands/restore.ts') },
  config: { summary: 'show, check or write the settings', load: () => import('./commands/config.ts') },
};

function helpText(): string {
  const rows = Object.entries(SUBCOMMANDS).map(([name, { summary }]) => `  ${name.padEnd(10)}${summary}`);
  return [
    'Usage: partyline COMMAND [OPTIONS]',
    '',
    'A multi-user chat server over TCP. Start one with "partyline serve", join it with "nc HOST 8001".',
    '',
    'Commands:',
    ...rows,
    '',
    'partyline COMMAND --help explains one. partyline --version tells the version.',
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
    if (topic !== undefined && Object.hasOwn(SUBCOMMANDS, topic)) return runCommandLine([topic, '--help'], io);
    io.stdout.write(helpText());
    return EXIT.ok;
  }
  if (name === '--version' || name === '-V' || name === 'version') {
    io.stdout.write(`partyline ${version()} (node ${process.version})\n`);
    return EXIT.ok;
  }
  const subcommand = Object.hasOwn(SUBCOMMANDS, name) ? SUBCOMMANDS[name] : undefined;
  if (subcommand === undefined) {
    io.stderr.write(`partyline: there is no command "${name}". "partyline --help" lists them.\n`);
    return EXIT.usage;
  }
  return (await subcommand.load()).run(rest, io);
}

/** Runs the command line and leaves its exit code with the process. */
export async function main(args: readonly string[]): Promise<void> {
  // What is kept is people's own: whatever is written is for whoever runs the server alone.
  process.umask(0o077);
  const { stdin, stdout, stderr, env } = process;
  process.exitCode = await runCommandLine(args, { stdin, stdout, stderr, env, cwd: process.cwd() });
}
