import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { HistoryRead } from '../domain/history.ts';
import { OPENING_BUSY_MS } from './database.ts';
import { readEvents } from './read-events.ts';
import { openTables } from './tables.ts';
import { atOneMoment } from './together.ts';

/** What the worker is told: to read all of these. */
export interface ReadAheadAsked {
  readonly id: number;
  readonly reads: readonly HistoryRead[];
}

/** What the worker tells: that it has, how long that took, in milliseconds, and how many they were. */
export interface ReadAheadTold {
  readonly id: number;
  readonly ms: number;
  readonly events: number;
}

const { file, idSuffix } = workerData as { readonly file: string; readonly idSuffix: string };
const port = parentPort!;
const database = new DatabaseSync(file, { readOnly: true, timeout: OPENING_BUSY_MS });
const tables = openTables(database, idSuffix);

port.on('message', ({ id, reads }: ReadAheadAsked) => {
  const begun = performance.now();
  let events = 0;
  try {
    // Rooms may have got other names since.
    tables.conversations.forget();
    atOneMoment(database, () => {
      for (const { span, end, limit } of reads) events += readEvents(tables, span, end, limit).length;
    });
  } catch {
    // Whoever reads next finds out.
  }
  port.postMessage({ id, ms: performance.now() - begun, events } satisfies ReadAheadTold);
});
