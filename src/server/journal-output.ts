import { constants, fstatSync, openSync, writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { isatty } from 'node:tty';

/** Text that may wait for whoever reads the journal, in bytes. More is left out, and counted. */
const MAX_WAITING_BYTES = 1024 * 1024;
/** How long to wait before what was not taken is written again, in milliseconds. */
const RETRY_MS = 50;

/**
 * Where the journal is written, without ever waiting for it: a terminal that is stopped (Ctrl-S, or a line that hangs) or
 * a pipe that nobody reads would stop the chat for everybody. Node's own streams wait for those.
 */
export class JournalOutput {
  readonly #descriptor: number;
  readonly #leftOutText: (lines: number) => string;
  /** What is being written, and how much of it has been taken. */
  #writing: Buffer = Buffer.alloc(0);
  #taken = 0;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #leftOut = 0;
  #retry: NodeJS.Timeout | undefined;

  /** @param leftOutText what is written in place of so many lines. */
  constructor(descriptor: number, leftOutText: (lines: number) => string) {
    this.#descriptor = openWithoutWaiting(descriptor);
    this.#leftOutText = leftOutText;
  }

  /** Writes a line, as soon as may be. */
  write(line: string): void {
    if (this.#waitingBytes >= MAX_WAITING_BYTES) {
      this.#leftOut++;
      return;
    }
    if (this.#leftOut > 0) {
      this.#add(this.#leftOutText(this.#leftOut));
      this.#leftOut = 0;
    }
    this.#add(line);
    if (this.#retry === undefined) this.#writeOn();
  }

  /** Waits until all is written, though no longer than so many milliseconds. */
  async flush(maxMs: number): Promise<void> {
    const ends = performance.now() + maxMs;
    while (this.#retry !== undefined && performance.now() < ends) await wait(RETRY_MS);
  }

  #add(line: string): void {
    const bytes = Buffer.from(line);
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
  }

  #writeOn(): void {
    this.#retry = undefined;
    try {
      while (this.#hasMore()) this.#taken += writeSync(this.#descriptor, this.#writing, this.#taken);
    } catch (error) {
      if (isFull(error)) this.#retry = setTimeout(() => this.#writeOn(), RETRY_MS).unref();
      // Nobody reads it any more.
      else this.#taken = this.#writing.length;
    }
  }

  #hasMore(): boolean {
    if (this.#taken < this.#writing.length) return true;
    this.#writing = Buffer.concat(this.#waiting);
    this.#taken = 0;
    this.#waiting = [];
    this.#waitingBytes = 0;
    return this.#writing.length > 0;
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN';
}

/**
 * The same terminal or pipe, opened once more, so that it need not be waited for and stays as it is for the shell. Files
 * do not stop, and what cannot be opened again is waited for.
 */
function openWithoutWaiting(descriptor: number): number {
  if (!isatty(descriptor) && !fstatSync(descriptor).isFIFO()) return descriptor;
  try {
    const { O_WRONLY, O_NONBLOCK, O_NOCTTY } = constants;
    return openSync(`/proc/self/fd/${descriptor}`, O_WRONLY | O_NONBLOCK | O_NOCTTY);
  } catch {
    return descriptor;
  }
}
