import { join } from 'node:path';
import type { Settings } from '../config/settings.ts';
import { Storage } from '../storage/storage.ts';

/** The database, in the data directory. */
const FILE = 'partyline.db';

/** Opens the storage that the settings name. The data directory must be there. Throws a `StorageFault`. */
export function openStorage({ data, history }: Pick<Settings, 'data' | 'history'>): Storage {
  return new Storage(join(data, FILE), history.sync);
}
