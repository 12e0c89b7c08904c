import { Worker } from 'node:worker_threads';
import type { Search, SearchPage, SearchProblem, SearchQuery } from '../domain/search.ts';
import type { SearchAsked } from './search-worker.ts';

/** Searches that wait at most; a further one is told to come again. */
const MAX_WAITING = 32;
/** How long what is new may wait to be taken in, in milliseconds. */
const CATCH_UP_MS = 1000;

type Told =
  | { readonly kind: 'found'; readonly id: number; readonly page: SearchPage }
  | { readonly kind: 'failed'; readonly id: number; readonly error: string }
  | { readonly kind: 'removed'; readonly upTo: number }
  | { readonly kind: 'purged'; readonly id: number; readonly isClean: boolean };

/** Told of what the search needs somebody else for. */
export interface SearchWatcher {
  /** Removals up to this one are out of the index: nobody needs to know of them any more. */
  removed(upTo: number): void;
  failed(error: unknown): void;
}

/** The search, on a thread of its own. */
export class ThreadedSearch implements Search {
  readonly #worker: Worker;
  readonly #watcher: SearchWatcher;
  readonly #waiting = new Map<number, (answer: SearchPage | SearchProblem) => void>();
  readonly #purges = new Map<number, (isClean: boolean) => void>();
  #lastId = 0;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  /**
   * @param file of the index, made if it is not there.
   * @param messagesFile the database of messages; it must be there.
   */
  constructor(file: string, messagesFile: string, watcher: SearchWatcher) {
    this.#watcher = watcher;
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    this.#worker = new Worker(new URL(`./search-worker.${extension}`, import.meta.url), {
      workerData: { file, messagesFile },
    });
    this.#worker.unref();
    this.#worker.on('message', (told: Told) => this.#told(told));
    this.#worker.on('error', (error) => this.#end(error));
  }

  /** Something was said, or is gone: the index follows soon. */
  nudge(): void {
    if (this.#isOver) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#ask({ kind: 'catch-up' });
    }, CATCH_UP_MS).unref();
  }

  find(query: SearchQuery): Promise<SearchPage | SearchProblem> {
    if (this.#isOver) return Promise.resolve('unavailable');
    if (this.#waiting.size >= MAX_WAITING) return Promise.resolve('busy');
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#ask({ kind: 'find', id, query });
    });
  }

  /** Has the words of messages that are gone taken out of the file at once; false when that did not work. */
  purge(): Promise<boolean> {
    if (this.#isOver || this.#purges.size >= MAX_WAITING) return Promise.resolve(false);
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#purges.set(id, resolve);
      this.#ask({ kind: 'purge', id });
    });
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#isOver) return;
    this.#isOver = true;
    // Its end is waited for, even when nothing else is left to wait for.
    this.#worker.ref();
    const ended = new Promise((resolve) => this.#worker.once('exit', resolve));
    this.#ask({ kind: 'close' });
    await ended;
    this.#giveUp();
  }

  #ask(asked: SearchAsked): void {
    this.#worker.postMessage(asked);
  }

  #told(told: Told): void {
    if (told.kind === 'removed') return this.#watcher.removed(told.upTo);
    if (told.kind === 'purged') {
      this.#purges.get(told.id)?.(told.isClean);
      this.#purges.delete(told.id);
      return undefined;
    }
    const answer = this.#waiting.get(told.id);
    this.#waiting.delete(told.id);
    if (told.kind === 'failed') this.#watcher.failed(new Error(told.error));
    answer?.(told.kind === 'found' ? told.page : 'unavailable');
  }

  #end(error: unknown): void {
    this.#isOver = true;
    this.#giveUp();
    this.#watcher.failed(error);
  }

  #giveUp(): void {
    for (const answer of this.#waiting.values()) answer('unavailable');
    this.#waiting.clear();
    for (const purged of this.#purges.values()) purged(false);
    this.#purges.clear();
  }
}
