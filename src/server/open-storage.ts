import { join } from 'node:path';
import type { Settings } from '../config/settings.ts';
import { Storage } from '../storage/storage.ts';

/** The database, in the data directory. */
const FILE = 'partyline.db';

export function databaseFile({ data }: Pick<Settings, 'data'>): string {
  return join(data, FILE);
}

/** Opens the storage that the settings name. The data directory must be there. Throws a `StorageFault`. */
export function openStorage(settings: Pick<Settings, 'data' | 'history'>): Storage {
  return new Storage(databaseFile(settings), settings.history.sync);
}
