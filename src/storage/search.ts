import type { Worker } from 'node:worker_threads';
import type { Search, SearchPage, SearchProblem, SearchQuery } from '../domain/search.ts';
import type { FoundRows, SearchAnswer, SearchAsked } from './search-worker.ts';
import { startThread } from './start-thread.ts';
import type { Storage } from './storage.ts';

/** Searches that wait at most; a further one is told to come again. */
const MAX_WAITING = 32;
/** How long what is new may wait to be taken in, in milliseconds. */
const CATCH_UP_MS = 1000;

/** A search that is under way. */
interface Asked {
  /** The version of the history when it was asked for. */
  readonly version: number;
  readonly answer: (page: SearchPage | SearchProblem) => void;
}

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
  readonly #storage: Storage;
  readonly #waiting = new Map<number, Asked>();
  readonly #purges = new Map<number, (isClean: boolean) => void>();
  #lastId = 0;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  /**
   * @param file of the index, made if it is not there.
   * @param storage what is searched; its file must be there.
   */
  constructor(file: string, storage: Storage, watcher: SearchWatcher) {
    this.#storage = storage;
    this.#watcher = watcher;
    const program = new URL('./search-worker.ts', import.meta.url);
    this.#worker = startThread(program, { file, messagesFile: storage.file });
    this.#worker.on('message', (told: SearchAnswer) => this.#told(told));
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
    return new Promise((answer) => {
      this.#waiting.set(id, { version: this.#storage.version, answer });
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

  #told(told: SearchAnswer): void {
    if (told.kind === 'removed') return this.#watcher.removed(told.upTo);
    if (told.kind === 'purged') {
      this.#purges.get(told.id)?.(told.isClean);
      this.#purges.delete(told.id);
      return undefined;
    }
    const asked = this.#waiting.get(told.id);
    this.#waiting.delete(told.id);
    if (told.kind === 'failed') this.#watcher.failed(new Error(told.error));
    asked?.answer(told.kind === 'found' ? this.#pageOf(told, asked.version) : 'unavailable');
    return undefined;
  }

  /** @param version the version of the history, or an earlier one, that the rows were read from. */
  #pageOf({ rows, next, isBehind }: FoundRows, version: number): SearchPage | SearchProblem {
    const storage = this.#storage;
    const historyVersion = storage.version;
    try {
      // Where something was taken away since, it may be one of these, or who said it.
      const messages = rows.map((row) =>
        historyVersion === version ? storage.messageOf(row) : storage.at(Number(row['sequence'])),
      );
      return { found: messages.filter((message) => message !== undefined), historyVersion, next, isBehind };
    } catch (error) {
      this.#watcher.failed(error);
      return 'unavailable';
    }
  }

  #end(error: unknown): void {
    this.#isOver = true;
    this.#giveUp();
    this.#watcher.failed(error);
  }

  #giveUp(): void {
    for (const { answer } of this.#waiting.values()) answer('unavailable');
    this.#waiting.clear();
    for (const purged of this.#purges.values()) purged(false);
    this.#purges.clear();
  }
}
