import { DatabaseSync } from 'node:sqlite';
import { migrate, schemaVersion } from './migrate.ts';
import { migrations, newestVersion } from './migrations.ts';
import { StorageFault } from './storage-fault.ts';

/** How safe what was committed is: from the death of the process, or from that of the machine as well. */
export type Sync = 'process' | 'disk';

/** How long another program may hold the database while we open it, in milliseconds. */
export const OPENING_BUSY_MS = 2000;
/** And while we write: as long as nobody notices that the loop stands still. Whoever writes is refused after that. */
export const BUSY_MS = 50;

/** The log is cut to this length when it begins anew, in bytes, so that its length says how much is in it. */
const LOG_BYTES = 1024 * 1024;

/** Pages of 4 KiB that are kept in memory. */
const CACHE_KIB = 16_384;

/** Opens a database, makes it if it is not there, and brings its schema up to date. Throws a `StorageFault`. */
export function openDatabase(file: string, sync: Sync): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: OPENING_BUSY_MS });
    // Before anything is changed about it.
    if (schemaVersion(database) > newestVersion) throw new StorageFault('STORAGE_NEWER');
    // In WAL mode NORMAL never damages the file; what a power cut may lose is what was written last (sqlite.org/wal.html).
    database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = ${sync === 'disk' ? 'FULL' : 'NORMAL'};
      PRAGMA wal_autocheckpoint = 0;
      PRAGMA journal_size_limit = ${LOG_BYTES};
      PRAGMA cache_size = -${CACHE_KIB};
      PRAGMA secure_delete = ON;
      PRAGMA temp_store = MEMORY;
    `);
    migrate(database, file, migrations);
    database.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    return database;
  } catch (error) {
    database?.close();
    throw StorageFault.from(error);
  }
}

/** A second connection to a database that is open, for a thread that does not write anything of its own. */
export function openBeside(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: OPENING_BUSY_MS });
  database.exec('PRAGMA wal_autocheckpoint = 0');
  return database;
}
