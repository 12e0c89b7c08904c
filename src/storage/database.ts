import { DatabaseSync } from 'node:sqlite';
import { migrations, type Migration } from './migrations.ts';
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

/** The version of the schema that a database has; 0 for a new one. */
export function schemaVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

/**
 * Runs the migrations that a database has not had, each in a transaction of its own. A database that holds something is
 * copied first, to `FILE.before-vN`, where N is the version that it gets; afterwards its structure is checked.
 */
export function migrate(database: DatabaseSync, file: string, steps: readonly Migration[]): void {
  const from = schemaVersion(database);
  const newest = steps.at(-1)?.version ?? 0;
  if (from > newest) throw new StorageFault('STORAGE_NEWER');
  const missing = steps.filter(({ version }) => version > from);
  if (missing.length === 0) return;
  if (from > 0) database.prepare('VACUUM INTO ?').run(`${file}.before-v${newest}`);
  for (const { version, sql } of missing) {
    database.exec('BEGIN IMMEDIATE');
    try {
      database.exec(sql);
      database.exec(`PRAGMA user_version = ${version}`);
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }
  if (from > 0) assertSound(database);
}

/** Checks the structure of a database. Throws a `StorageFault`. */
export function assertSound(database: DatabaseSync): void {
  const answer = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  if (answer !== 'ok') throw new StorageFault('STORAGE_CORRUPT', { cause: answer });
}
