import { rmSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { SearchPage, SearchQuery } from '../domain/search.ts';
import type { MessageRow } from './message-table.ts';
import { letOthersGoFirst } from './priority.ts';
import { SearchIndex } from './search-index.ts';

/** What the worker is told. */
export type SearchAsked =
  | { readonly kind: 'catch-up' }
  | { readonly kind: 'find'; readonly id: number; readonly query: SearchQuery }
  /** Words of messages that are gone are to be out of the file now. */
  | { readonly kind: 'purge'; readonly id: number }
  | { readonly kind: 'close' };

/** What was found, read on this thread: each message is likely to be on a page of its own. */
export interface FoundRows extends Pick<SearchPage, 'next' | 'isBehind'> {
  readonly rows: readonly MessageRow[];
}

/** What the worker tells. */
export type SearchAnswer =
  | ({ readonly kind: 'found'; readonly id: number } & FoundRows)
  | { readonly kind: 'failed'; readonly id: number; readonly error: string }
  | { readonly kind: 'removed'; readonly upTo: number }
  | { readonly kind: 'purged'; readonly id: number; readonly isClean: boolean };

/** Batches that a search waits for, so that it finds what was said just before. */
const BATCHES_BEFORE_SEARCH = 3;

/** How long words of messages that are gone may stay in the file, in milliseconds: all of it is written anew then. */
const PURGE_MS = 3_600_000;

const { file, messagesFile } = workerData as { readonly file: string; readonly messagesFile: string };
const port = parentPort!;

letOthersGoFirst();
let index = open();
let isCatchingUp = false;
let purging: NodeJS.Timeout | undefined;
/** Those who wait for the next purge to be over. */
let waiting: number[] = [];

function tell(answer: SearchAnswer): void {
  port.postMessage(answer);
}

/** Opens the index; one that is damaged is made anew. */
function open(): SearchIndex {
  try {
    return new SearchIndex(file, messagesFile);
  } catch {
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
    return new SearchIndex(file, messagesFile);
  }
}

/** Goes on batch by batch, so that searches come in between. */
function catchUp(): void {
  const before = index.removedUpTo;
  try {
    isCatchingUp = index.catchUp();
  } catch (error) {
    isCatchingUp = false;
    tell({ kind: 'failed', id: 0, error: String(error) });
  }
  if (index.removedUpTo > before) tell({ kind: 'removed', upTo: index.removedUpTo });
  if (isCatchingUp) setImmediate(catchUp);
  else purgeLater();
}

function purgeLater(): void {
  const { staleSince } = index;
  if (staleSince === undefined && waiting.length === 0) return;
  const ms = waiting.length > 0 ? 0 : Math.max(0, (staleSince ?? 0) + PURGE_MS - Date.now());
  clearTimeout(purging);
  purging = setTimeout(purge, ms);
}

/** Goes on step by step, as catching up does. */
function purge(): void {
  try {
    if (index.purgeStep()) {
      purging = setTimeout(purge, 0);
      return;
    }
  } catch (error) {
    tell({ kind: 'failed', id: 0, error: String(error) });
  }
  for (const id of waiting) tell({ kind: 'purged', id, isClean: index.staleSince === undefined });
  waiting = [];
}

function find(query: SearchQuery): FoundRows {
  let isBehind = true;
  // Who is far behind does not catch up with a few batches.
  const batches = isCatchingUp ? 0 : BATCHES_BEFORE_SEARCH;
  for (let batch = 0; batch < batches && isBehind; batch++) isBehind = index.catchUp();
  const { found, next } = index.find(query);
  return { rows: index.read(found), next, isBehind };
}

port.on('message', (asked: SearchAsked) => {
  switch (asked.kind) {
    case 'catch-up':
      if (!isCatchingUp) catchUp();
      return;
    case 'find': {
      let found: FoundRows;
      try {
        found = find(asked.query);
      } catch (error) {
        // A damaged index is made anew; meanwhile there is less to find.
        index.close();
        index = open();
        tell({ kind: 'failed', id: asked.id, error: String(error) });
        return;
      }
      tell({ kind: 'found', id: asked.id, ...found });
      return;
    }
    case 'purge':
      waiting.push(asked.id);
      if (!isCatchingUp) catchUp();
      return;
    case 'close':
      clearTimeout(purging);
      index.close();
      port.close();
  }
});
catchUp();
