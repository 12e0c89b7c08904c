import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import type { TestContext } from 'node:test';
import type { Io } from '../../src/cli/io.ts';
import { runCommandLine } from '../../src/cli/main.ts';
import { controlPath } from '../../src/server/administration/control-protocol.ts';
import { ControlSocket } from '../../src/server/administration/control-socket.ts';
import type { CliResult } from './run-cli.ts';
import { newFolder, removeAfter } from './temporary-folder.ts';
import { startServer, type TestServer } from './test-server.ts';

/** A way to give commands on a data directory: a server runs on it, or none does. */
export type Way = 'a running server' | 'a stopped server';
export const WAYS: readonly Way[] = ['a running server', 'a stopped server'];

export interface Commands {
  readonly data: string;
  /** Runs a command line, whose words have no blanks in them, on the data directory. */
  readonly cli: (line: string, input?: string) => Promise<CliResult>;
}

/** A data directory of the test's own that no server runs on, to give commands on in this process. */
export function commands(t: TestContext): Commands {
  const folder = newFolder();
  removeAfter(t, folder);
  const data = join(folder, 'data');
  return { data, cli: (line, input) => run([...line.split(' '), '--data', data], folder, input) };
}

/** The same with a server that runs on it. */
export async function commandsToServer(t: TestContext): Promise<Commands & { readonly server: TestServer }> {
  const folder = newFolder();
  const data = join(folder, 'data');
  mkdirSync(data);
  const limits = { detection_ms: 10, enabled: false };
  const server = await startServer(t, { limits, databaseFile: join(data, 'partyline.db') });
  const control = await ControlSocket.open(controlPath(data), server.server.office, server.journal);
  t.after(() => control.close());
  removeAfter(t, folder);
  return { data, server, cli: (line, input) => run([...line.split(' '), '--data', data], folder, input) };
}

/** Runs a command line as if in a script. */
export async function run(args: readonly string[], cwd: string, input = ''): Promise<CliResult> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const stdin = Readable.from(input === '' ? [] : [Buffer.from(input)]);
  const code = await runCommandLine(args, { stdin, stdout, stderr, env: {}, cwd } as unknown as Io);
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}
