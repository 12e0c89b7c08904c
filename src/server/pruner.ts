import type { Retention } from '../storage/pruning.ts';
import type { Storage } from '../storage/storage.ts';
import { StorageFault } from '../storage/storage-fault.ts';

/** How long it works at once, give or take a step, and how long everybody else has until it goes on, in milliseconds. */
const WORK_MS = 2;
const PAUSE_MS = 20;
/** How long it rests when there is nothing more to do, in milliseconds. */
const REST_MS = 60_000;

/** What the pruner needs somebody else for. */
export interface PrunerWatcher {
  /** How much is kept by now. */
  retention(): Retention;
  /** Something was taken away. */
  pruned(): void;
  failed(fault: StorageFault): void;
}

/** Takes away what is no longer to be kept, a little at a time between turns, for as long as the server runs. */
export class Pruner {
  readonly #storage: Storage;
  readonly #watcher: PrunerWatcher;
  #steps: Iterator<unknown> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(storage: Storage, watcher: PrunerWatcher) {
    this.#storage = storage;
    this.#watcher = watcher;
    this.#continueIn(PAUSE_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #continueIn(ms: number): void {
    this.#timer = setTimeout(() => this.#work(), ms).unref();
  }

  #work(): void {
    if (!this.#storage.isOpen) return;
    const { version } = this.#storage;
    try {
      this.#continueIn(this.#isDone() ? REST_MS : PAUSE_MS);
    } catch (error) {
      this.#steps = undefined;
      this.#continueIn(REST_MS);
      this.#watcher.failed(StorageFault.from(error));
    }
    if (this.#storage.version !== version) this.#watcher.pruned();
  }

  /** Takes steps for as long as it may. True when there are no more. */
  #isDone(): boolean {
    const until = performance.now() + WORK_MS;
    this.#steps ??= this.#storage.pruning(this.#watcher.retention(), Date.now());
    do {
      if (this.#steps.next().done !== true) continue;
      this.#steps = undefined;
      return true;
    } while (performance.now() < until);
    return false;
  }
}
