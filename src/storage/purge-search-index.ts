import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { removeSearchIndex } from './search-files.ts';
import { SearchIndex } from './search-index.ts';

/**
 * Takes words of messages that are gone out of an index that no server uses. One that is damaged is removed, as the next
 * start does.
 */
export function purgeSearchIndex(file: string, messagesFile: string): void {
  if (!existsSync(file)) return;
  let index: SearchIndex | undefined;
  try {
    index = new SearchIndex(file, messagesFile);
    while (index.catchUp());
    while (index.purgeStep());
  } catch {
    removeSearchIndex(dirname(file));
  } finally {
    index?.close();
  }
}
