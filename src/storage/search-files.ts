import { rmSync } from 'node:fs';
import { join } from 'node:path';

/** Where the index of words is, in a data directory. */
export function searchFileIn(data: string): string {
  return join(data, 'search.db');
}

/** Removes the index, which the next start makes anew. No server may run. */
export function removeSearchIndex(data: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(searchFileIn(data) + end, { force: true });
}
