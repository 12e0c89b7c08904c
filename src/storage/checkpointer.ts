import type { Worker } from 'node:worker_threads';
import type { CheckpointAsked, CheckpointTold } from './checkpoint-worker.ts';
import { startThread } from './start-thread.ts';
import { StorageFault, type StorageFaultCode } from './storage-fault.ts';

/** How long after something was written the length of the log is looked at, in milliseconds. */
const LOOK_MS = 100;
/** After so long without anything written all of the log is carried over, in milliseconds. */
const QUIET_MS = 2000;

/** What the checkpointer needs somebody else for. */
export interface CheckpointWatcher {
  /** The log has grown long under a writer that never stops: the writer is to carry over the rest itself, now. */
  catchUp(): void;
  /** Carrying over does not work; told once, until it works again. What was committed is safe, but the log grows. */
  failed(fault: StorageFault): void;
}

/**
 * Carries what was committed from the write-ahead log into the database file, on a thread of its own: it means waiting
 * for the disk, which the thread that writes must never do (docs/decisions/0004-one-writer-on-the-main-thread.md).
 */
export class Checkpointer {
  readonly #worker: Worker;
  readonly #watcher: CheckpointWatcher;
  readonly #quiet: NodeJS.Timeout;
  #soon: NodeJS.Timeout | undefined;
  #isLooking = false;
  /** Whether the look that it is at may end in emptying the log. */
  #isTidying = false;
  /** Those who wait for the log to be empty. */
  #emptying: ((isEmpty: boolean) => void)[] = [];
  #isOver = false;
  #lastFault: StorageFaultCode | undefined;

  /** @param file the database, which must be there and have its schema. */
  constructor(file: string, watcher: CheckpointWatcher) {
    this.#watcher = watcher;
    this.#worker = startThread(new URL('./checkpoint-worker.ts', import.meta.url), { file });
    this.#worker.on('message', (told: CheckpointTold) => this.#told(told));
    this.#worker.on('error', (error) => this.#end(error));
    this.#quiet = setTimeout(() => this.look(true), QUIET_MS).unref();
  }

  /** Whether the thread may have locked out whoever writes: emptying the log waits for the disk. */
  get mayLockOut(): boolean {
    return !this.#isOver && (this.#isTidying || this.#emptying.length > 0);
  }

  /** Something was committed. */
  wrote(): void {
    if (this.#isOver) return;
    this.#quiet.refresh();
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      this.look(false);
    }, LOOK_MS).unref();
  }

  /** Has the thread look at the log; all of it is carried over if it `isQuiet`. One look at a time. */
  look(isQuiet: boolean): void {
    if (this.#isOver || this.#isLooking) return;
    this.#isLooking = true;
    this.#isTidying = isQuiet;
    this.#ask({ kind: 'look', isQuiet });
  }

  /** Empties the log, in which what was deleted still is; false when others read from it all the time. */
  async empty(): Promise<boolean> {
    if (this.#isOver) return false;
    return new Promise((resolve) => {
      this.#emptying.push(resolve);
      if (this.#emptying.length === 1) this.#ask({ kind: 'empty' });
    });
  }

  /** Ends the thread once it has let go of the database. */
  async close(): Promise<void> {
    clearTimeout(this.#quiet);
    clearTimeout(this.#soon);
    if (this.#isOver) return;
    this.#isOver = true;
    const ended = new Promise((resolve) => this.#worker.once('exit', resolve));
    // Otherwise the process may end while it waits for this.
    this.#worker.ref();
    this.#ask({ kind: 'close' });
    await ended;
    this.#emptied(false);
  }

  #ask(asked: CheckpointAsked): void {
    this.#worker.postMessage(asked);
  }

  #told(told: CheckpointTold): void {
    if (told.kind === 'emptied') return this.#emptied(told.isEmpty);
    this.#isLooking = false;
    this.#isTidying = false;
    if (told.kind === 'failed') return this.#fail(new StorageFault(told.code));
    this.#lastFault = undefined;
    if (told.isBehind && !this.#isOver) this.#watcher.catchUp();
  }

  #emptied(isEmpty: boolean): void {
    const waiting = this.#emptying;
    this.#emptying = [];
    for (const resolve of waiting) resolve(isEmpty);
  }

  #end(error: unknown): void {
    this.#isOver = true;
    this.#emptied(false);
    clearTimeout(this.#quiet);
    clearTimeout(this.#soon);
    this.#fail(new StorageFault('STORAGE_FAILED', { cause: error }));
  }

  #fail(fault: StorageFault): void {
    if (fault.code === this.#lastFault) return;
    this.#lastFault = fault.code;
    this.#watcher.failed(fault);
  }
}
