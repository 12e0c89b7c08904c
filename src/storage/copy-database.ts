import { renameSync, rmSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { assertSound, schemaVersion } from './migrate.ts';
import { newestVersion } from './migrations.ts';
import { StorageFault } from './storage-fault.ts';

/** Pages that are copied in one go, and how long nothing is done after each, in milliseconds. */
export interface Pace {
  readonly pages: number;
  readonly restMs: number;
}

/** For a database that nobody uses: 4 MiB and 4 MiB. */
export const HURRIED: Pace = { pages: 1024, restMs: 0 };

/**
 * For one that a server writes to: 256 KiB, and then others get at the disk and the processor. Who waits for either has to
 * wait for what is being done, however low the priority of that is.
 */
export const UNHURRIED: Pace = { pages: 64, restMs: 2 };

/** Opens a database to read from, whether a server writes to it or not. It must be one of ours. Throws a `StorageFault`. */
export function openToRead(file: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: 2000 });
    const version = schemaVersion(database);
    if (version > newestVersion) throw new StorageFault('STORAGE_NEWER');
    if (version === 0) throw new StorageFault('STORAGE_CORRUPT');
    return database;
  } catch (error) {
    database?.close();
    throw StorageFault.from(error);
  }
}

/**
 * Copies a database as it is at one moment, off the thread and while others write to it. The copy is checked, and has its
 * name when it is whole; what was there under that name goes, with what belonged to it. Throws a `StorageFault`, and an
 * error of the file system.
 * @param to undefined for nowhere: it is only found out whether it could be copied.
 * @param pace how it is copied; the calling thread rests as well.
 * @param report is told how many bytes have been copied, of how many; what it throws ends the copying.
 */
export async function copyDatabase(
  from: string,
  to: string | undefined,
  pace: Pace,
  report: (done: number, total: number) => void,
): Promise<{ readonly bytes: number; readonly messages: number }> {
  const source = openToRead(from);
  const partial = `${to}.partial`;
  try {
    const pageBytes = Number(source.prepare('PRAGMA page_size').get()?.['page_size']);
    // An open transaction holds the moment; without it, the copy began anew whenever somebody else has written.
    source.exec('BEGIN');
    const messages = Number(source.prepare('SELECT count(*) AS count FROM messages').get()?.['count']);
    if (to === undefined) {
      assertSound(source);
      const pages = Number(source.prepare('PRAGMA page_count').get()?.['page_count']);
      return { bytes: pages * pageBytes, messages };
    }
    rmSync(partial, { force: true });
    const pages = await backup(source, partial, {
      rate: pace.pages,
      progress: ({ totalPages, remainingPages }) => {
        report((totalPages - remainingPages) * pageBytes, totalPages * pageBytes);
        rest(pace.restMs);
      },
    });
    source.exec('ROLLBACK');
    check(partial);
    // A log beside it would be taken for that of the copy.
    for (const end of ['-wal', '-shm']) rmSync(to + end, { force: true });
    renameSync(partial, to);
    return { bytes: pages * pageBytes, messages };
  } catch (error) {
    rmSync(partial, { force: true });
    throw StorageFault.from(error);
  } finally {
    source.close();
  }
}

function rest(ms: number): void {
  if (ms > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** A copy is one file, without a log beside it. */
function check(file: string): void {
  const copy = new DatabaseSync(file);
  try {
    copy.exec('PRAGMA journal_mode = DELETE');
    assertSound(copy);
  } finally {
    copy.close();
  }
}
