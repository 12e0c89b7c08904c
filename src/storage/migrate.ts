import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Migration } from './migrations.ts';
import { StorageFault } from './storage-fault.ts';
import { together } from './together.ts';

/** The version of the schema that a database has; 0 for a new one. */
export function schemaVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

/**
 * Runs the migrations that a database has not had: all of them or, when one fails, none. A database that holds something is
 * checked and copied first, to `FILE.before-vN`, where N is the version that it gets, and checked again before what was
 * done to it counts. Throws a `StorageFault`, and an error of SQLite or of the file system.
 */
export function migrate(database: DatabaseSync, file: string, steps: readonly Migration[]): void {
  const from = schemaVersion(database);
  const newest = steps.at(-1)?.version ?? 0;
  if (from > newest) throw new StorageFault('STORAGE_NEWER');
  const missing = steps.filter(({ version }) => version > from);
  if (missing.length === 0) return;
  if (from > 0) copyAside(database, `${file}.before-v${newest}`);
  try {
    together(database, () => {
      for (const { version, sql } of missing) {
        database.exec(sql);
        database.exec(`PRAGMA user_version = ${version}`);
      }
      if (from > 0) assertSound(database);
    });
  } catch (error) {
    const fault = StorageFault.from(error);
    const isOurs = fault.code === 'STORAGE_FAILED' || fault.code === 'STORAGE_CORRUPT';
    throw isOurs ? new StorageFault('STORAGE_NOT_MIGRATED', { cause: error }) : fault;
  }
}

/** Checks the structure of a database. Throws a `StorageFault`. */
export function assertSound(database: DatabaseSync): void {
  const answer = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  if (answer !== 'ok') throw new StorageFault('STORAGE_CORRUPT', { cause: answer });
}

/** Copies a database that is sound. The copy has its name when it is whole and on the disk. */
function copyAside(database: DatabaseSync, to: string): void {
  const partial = `${to}.partial`;
  try {
    assertSound(database);
    rmSync(partial, { force: true });
    database.prepare('VACUUM INTO ?').run(partial);
    const copy = new DatabaseSync(partial, { readOnly: true });
    try {
      assertSound(copy);
    } finally {
      copy.close();
    }
    // "SQLite does not invoke fsync() [...] on the generated database" (sqlite.org/lang_vacuum.html).
    const descriptor = openSync(partial, 'r+');
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(partial, to);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}
