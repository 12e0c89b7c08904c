import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Children } from './children.ts';
import type { Launch } from './servers/server.ts';

/** A server that accepts connections on 127.0.0.1. */
export interface RunningServer {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly port: number;
  /** The end of what it has printed, to explain a failure. */
  lastWords(): string;
}

const LISTENS_WITHIN_MS = 15_000;
const LAST_WORDS_LINES = 5;

/** Starts a server in an empty folder of its own; resolves when it accepts connections, and throws if it never does. */
export async function startServer(
  children: Children,
  folder: string,
  launch: (port: number, folder: string) => Launch,
): Promise<RunningServer> {
  mkdirSync(folder, { recursive: true });
  const port = await findFreePort();
  const { program, args, environment } = launch(port, folder);
  const logFile = join(folder, 'bench.log');
  const log = openSync(logFile, 'w');
  const env = { ...process.env, ...environment };
  const child = children.add(spawn(program, args, { cwd: folder, env, stdio: ['ignore', log, log] }));
  closeSync(log);
  let failure: string | undefined;
  child.once('error', (error) => (failure = error.message));
  child.once('exit', (code, signal) => (failure = `it ended with ${signal ?? `code ${code}`}`));
  const lastWords = (): string => readFileSync(logFile, 'utf8').trim().split('\n').slice(-LAST_WORDS_LINES).join('\n');
  const untilMs = performance.now() + LISTENS_WITHIN_MS;
  while (!(await accepts(port))) {
    if (failure === undefined && performance.now() > untilMs) failure = `it does not listen on port ${port}`;
    if (failure !== undefined) {
      await children.stop(child);
      throw new Error(`the server did not start: ${failure}\n${lastWords()}`.trim());
    }
    await delay(50);
  }
  if (child.pid === undefined) throw new Error('the server has no process id');
  return { child, pid: child.pid, port, lastWords };
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
