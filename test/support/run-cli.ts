import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TestContext } from 'node:test';
import { TextClient } from './text-client.ts';

/** The program itself. */
export const LAUNCHER = fileURLToPath(new URL('../../bin/partyline', import.meta.url));

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface CliOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

function start(args: readonly string[], { cwd, env = {} }: CliOptions): ChildProcessWithoutNullStreams {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PARTYLINE_')));
  return spawn(process.execPath, [LAUNCHER, ...args], { cwd, env: { ...inherited, ...env } });
}

/** Runs `partyline` to its end. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const child = start(args, options);
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() };
}

export interface ServerProcess {
  readonly child: ChildProcessWithoutNullStreams;
  readonly port: number;
  /** All JSON lines that it has logged so far. */
  readonly log: Record<string, unknown>[];
  /** Waits until it has logged a line with this field, and gives that. */
  logged(field: string, value: string): Promise<Record<string, unknown>>;
  /** Opens a client that is closed with the test. */
  open(): Promise<TextClient>;
  /** Sends a signal and waits for the end. */
  stop(signal: NodeJS.Signals): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** Runs `partyline serve` as a process of its own, until it listens. It is gone with the test. */
export async function startServerProcess(
  t: Pick<TestContext, 'after'>,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const child = start(['serve', '--host', '127.0.0.1', ...args], { cwd, env });
  t.after(() => child.kill('SIGKILL'));
  const log: Record<string, unknown>[] = [];
  const entries = new EventEmitter();
  let unfinished = '';
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it listened: ${errors}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      const lines = (unfinished + chunk.toString()).split('\n');
      unfinished = lines.pop() ?? '';
      for (const line of lines) {
        const entry = JSON.parse(line) as Record<string, unknown>;
        log.push(entry);
        entries.emit('entry');
        if (entry['msg'] === 'listening') resolve(Number(entry['port']));
      }
    });
  });
  const logged: ServerProcess['logged'] = async (field, value) => {
    for (;;) {
      const found = log.find((entry) => entry[field] === value);
      if (found !== undefined) return found;
      await once(entries, 'entry');
    }
  };
  const open: ServerProcess['open'] = async () => {
    const client = await TextClient.open(port);
    t.after(() => client.close());
    return client;
  };
  const stop: ServerProcess['stop'] = async (signal) => {
    const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
    child.kill(signal);
    const [code, by] = await ended;
    return { code, signal: by };
  };
  return { child, port, log, logged, open, stop };
}
