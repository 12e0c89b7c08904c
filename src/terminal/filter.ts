import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { ClientConnection } from '../client/connection.ts';
import type { Target } from '../client/target.ts';
import { printable } from '../protocol/plain/printable.ts';

export interface FilterOptions {
  readonly target: Target;
  readonly input: Readable;
  readonly output: Writable;
  readonly errors: Writable;
  /** Lines sent each second after the first few; 0 for as fast as they come. */
  readonly linesPerSecond: number;
  /** Whether to go on reading when the input has ended, until the server closes. */
  readonly follows: boolean;
  /** Ends it from outside, as Ctrl-C does. */
  readonly signal: AbortSignal;
}

/** How it ended: everything was taken, or the connection failed, or something was refused or never confirmed. */
export type FilterEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly problem: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unconfirmed' };

/** Lines that the server takes at once before it wants them spaced out (its `limits.command_burst`). */
const BURST = 5;
/** How long the server may take to close once it has everything, in milliseconds. */
const CONFIRM_MS = 5000;

/**
 * Sends every line of the input and writes what comes to the output. The server has it all when it closes its side after
 * we have closed ours.
 */
export async function runFilter(options: FilterOptions): Promise<FilterEnd> {
  const { target, input, output, errors, signal } = options;
  const { promise: ended, resolve: end } = Promise.withResolvers<FilterEnd>();
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  let isRefused = false;
  let isFirst = true;
  const connection = new ClientConnection(
    { target, retries: false },
    {
      connected: () => open(),
      line: (text) => {
        const isWelcome = isFirst && text.startsWith('welcome');
        isFirst = false;
        if (isWelcome) return;
        const isRefusal = text.startsWith('* not sent');
        isRefused ||= isRefusal;
        (isRefusal ? errors : output).write(`${printable(text)}\n`);
      },
      retrying: () => {},
      ended: (problem) => {
        if (problem !== undefined) end({ kind: 'failed', problem });
        else end({ kind: isRefused ? 'refused' : 'done' });
      },
    },
  );
  output.on('error', () => end({ kind: 'done' }));
  signal.addEventListener('abort', () => end({ kind: isRefused ? 'refused' : 'done' }));
  connection.start();
  const sending = async (): Promise<void> => {
    await opened;
    await sendLines(input, connection, options.linesPerSecond);
    if (options.follows) return;
    connection.finish();
    setTimeout(() => end({ kind: 'unconfirmed' }), CONFIRM_MS).unref();
  };
  void sending();
  const how = await ended;
  connection.stop();
  input.destroy();
  return how;
}

async function sendLines(input: Readable, connection: ClientConnection, linesPerSecond: number): Promise<void> {
  let allowance = BURST;
  let filledAt = performance.now();
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    if (linesPerSecond > 0) {
      const now = performance.now();
      allowance = Math.min(BURST, allowance + ((now - filledAt) / 1000) * linesPerSecond);
      filledAt = now;
      // A little over the time: the server's clock is not ours.
      if (allowance < 1) await wait(((1 - allowance) / linesPerSecond) * 1000 + 50);
      allowance -= 1;
    }
    if (!connection.send(line)) return;
    await connection.room();
  }
}
