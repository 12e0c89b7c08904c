import type { Worker } from 'node:worker_threads';
import type { HistoryRead } from '../domain/history.ts';
import type { ReadAheadAsked, ReadAheadTold } from './read-ahead-worker.ts';
import { startThread } from './start-thread.ts';

/** A read that takes longer, and for each event so much longer, has waited for the disk; in milliseconds. */
const SLOW_MS = 3;
const SLOW_MS_PER_EVENT = 0.02;
/** How many reads after one are made beforehand. */
const WARY_READS = 20;
/** Readers that wait at most; a further one reads without. */
const MAX_WAITING = 100;

/**
 * Reads what is going to be read on a thread of its own, so that it is in the system's memory when it is: on the thread
 * that serves everybody nobody waits for the disk. That takes longer than to read once, so it is done as long as one of
 * the last reads was slow (docs/decisions/0008-slow-reads-are-made-beforehand.md).
 */
export class ReadAhead {
  readonly #file: string;
  readonly #idSuffix: string;
  readonly #failed: (error: unknown) => void;
  readonly #waiting = new Map<number, () => void>();
  #worker: Worker | undefined;
  #isOver = false;
  #lastId = 0;
  /** How many reads more are made beforehand. */
  #waryReads = 0;

  /** @param failed told when it does not work; everybody then reads without. */
  constructor(file: string, idSuffix: string, failed: (error: unknown) => void) {
    this.#file = file;
    this.#idSuffix = idSuffix;
    this.#failed = failed;
  }

  /** Notes how long it took to read so many events, in milliseconds. */
  took(ms: number, events: number): void {
    if (ms > SLOW_MS + events * SLOW_MS_PER_EVENT) this.#waryReads = WARY_READS;
  }

  /** Reads these; settles when they are in memory. Undefined when they can be read at once. */
  prepare(reads: readonly HistoryRead[]): Promise<void> | undefined {
    if (reads.length === 0 || this.#waryReads === 0) return undefined;
    if (this.#isOver || this.#waiting.size >= MAX_WAITING) return undefined;
    this.#waryReads--;
    const worker = (this.#worker ??= this.#start());
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      worker.postMessage({ id, reads } satisfies ReadAheadAsked);
    });
  }

  async close(): Promise<void> {
    this.#isOver = true;
    await this.#worker?.terminate();
    this.#giveUp();
  }

  #start(): Worker {
    const program = new URL('./read-ahead-worker.ts', import.meta.url);
    const worker = startThread(program, { file: this.#file, idSuffix: this.#idSuffix });
    worker.on('message', ({ id, ms, events }: ReadAheadTold) => {
      this.took(ms, events);
      this.#waiting.get(id)?.();
      this.#waiting.delete(id);
    });
    worker.on('error', (error) => {
      this.#isOver = true;
      this.#giveUp();
      this.#failed(error);
    });
    return worker;
  }

  #giveUp(): void {
    for (const ready of this.#waiting.values()) ready();
    this.#waiting.clear();
  }
}
