import { rmSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { SearchQuery } from '../domain/search.ts';
import { letOthersGoFirst } from './priority.ts';
import { SearchIndex } from './search-index.ts';

/** What the worker is told. */
export type SearchAsked =
  | { readonly kind: 'catch-up' }
  | { readonly kind: 'find'; readonly id: number; readonly query: SearchQuery }
  /** Words of messages that are gone are to be out of the file now. */
  | { readonly kind: 'purge'; readonly id: number }
  | { readonly kind: 'close' };

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
    port.postMessage({ kind: 'failed', id: 0, error: String(error) });
  }
  if (index.removedUpTo > before) port.postMessage({ kind: 'removed', upTo: index.removedUpTo });
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
    port.postMessage({ kind: 'failed', id: 0, error: String(error) });
  }
  for (const id of waiting) port.postMessage({ kind: 'purged', id, isClean: index.staleSince === undefined });
  waiting = [];
}

function find(query: SearchQuery): unknown {
  let isBehind = true;
  // Who is far behind does not catch up with a few batches.
  const batches = isCatchingUp ? 0 : BATCHES_BEFORE_SEARCH;
  for (let batch = 0; batch < batches && isBehind; batch++) isBehind = index.catchUp();
  return { ...index.find(query), isBehind };
}

port.on('message', (asked: SearchAsked) => {
  switch (asked.kind) {
    case 'catch-up':
      if (!isCatchingUp) catchUp();
      return;
    case 'find': {
      let page: unknown;
      try {
        page = find(asked.query);
      } catch (error) {
        // A damaged index is made anew; meanwhile there is less to find.
        index.close();
        index = open();
        port.postMessage({ kind: 'failed', id: asked.id, error: String(error) });
        return;
      }
      port.postMessage({ kind: 'found', id: asked.id, page });
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
