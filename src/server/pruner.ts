import type { Retention } from '../storage/pruning.ts';
import type { PruningStep, Storage } from '../storage/storage.ts';
import { StorageFault } from '../storage/storage-fault.ts';

/** How long it works at once, give or take a step, and how long everybody else has until it goes on, in milliseconds. */
const WORK_MS = 2;
const PAUSE_MS = 20;
/** The same when somebody waits for it. */
const HURRIED_PAUSE_MS = 4;
/** How long it rests when there is nothing more to do, in milliseconds. */
const REST_MS = 60_000;

/** What the pruner needs somebody else for. */
export interface PrunerWatcher {
  /** How much is kept by now. */
  retention(): Retention;
  /** Something was taken away. */
  pruned(): void;
  failed(fault: unknown): void;
}

/** What is pruned. */
export type PrunedStorage = Pick<Storage, 'isOpen' | 'pruning' | 'version'>;

/** Somebody who waits until all is taken away that is to be now. */
interface Waiting {
  readonly stepped: (step: PruningStep) => void;
  readonly done: (fault: unknown) => void;
  isBegun: boolean;
}

/** Takes away what is no longer to be kept, a little at a time between turns, for as long as the server runs. */
export class Pruner {
  readonly #storage: PrunedStorage;
  readonly #watcher: PrunerWatcher;
  #steps: Iterator<PruningStep, undefined> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #waiting: Waiting[] = [];

  constructor(storage: PrunedStorage, watcher: PrunerWatcher) {
    this.#storage = storage;
    this.#watcher = watcher;
    this.#continueIn(PAUSE_MS);
  }

  /**
   * Begins at once. Settles when all is taken away that is to be now; rejects with the fault that it met, which is told of
   * and tried again later, and with the reason of the signal: then nobody waits for it, but it goes on.
   */
  finish(signal: AbortSignal, stepped: (step: PruningStep) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (fault: unknown): void => (fault === undefined ? resolve() : reject(fault));
      this.#waiting.push({ stepped, done, isBegun: false });
      signal.addEventListener('abort', () => this.#settle(signal.reason, (waiting) => waiting.done === done), {
        once: true,
      });
      this.#continueIn(0);
    });
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#settle(new StorageFault('STORAGE_FAILED'), () => true);
  }

  #continueIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#work(), ms).unref();
  }

  #work(): void {
    if (!this.#storage.isOpen) return;
    const { version } = this.#storage;
    try {
      const isDone = this.#isDone();
      if (isDone) this.#settle(undefined, ({ isBegun }) => isBegun);
      const pauseMs = this.#waiting.length > 0 ? HURRIED_PAUSE_MS : PAUSE_MS;
      this.#continueIn(isDone && this.#waiting.length === 0 ? REST_MS : pauseMs);
    } catch (error) {
      this.#steps = undefined;
      this.#continueIn(REST_MS);
      this.#settle(error, () => true);
      this.#watcher.failed(error);
    }
    if (this.#storage.version !== version) this.#watcher.pruned();
  }

  /** Takes steps for as long as it may. True when there are no more. */
  #isDone(): boolean {
    const until = performance.now() + WORK_MS;
    this.#steps ??= this.#begin();
    do {
      const { done, value: step } = this.#steps.next();
      if (done === true) {
        this.#steps = undefined;
        return true;
      }
      for (const { stepped } of this.#waiting) stepped(step);
    } while (performance.now() < until);
    return false;
  }

  #begin(): Iterator<PruningStep, undefined> {
    // What is to be taken away by now is seen from the beginning alone.
    for (const waiting of this.#waiting) waiting.isBegun = true;
    return this.#storage.pruning(this.#watcher.retention(), Date.now());
  }

  #settle(fault: unknown, which: (waiting: Waiting) => boolean): void {
    const settled = this.#waiting.filter(which);
    this.#waiting = this.#waiting.filter((waiting) => !which(waiting));
    for (const { done } of settled) done(fault);
  }
}
