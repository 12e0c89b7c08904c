import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { accountIdentity } from '../domain/conversation.ts';
import { nickKey } from '../domain/nick.ts';
import { AccountTable } from './account-table.ts';
import { openToRead } from './copy-database.ts';
import { schemaVersion } from './migrate.ts';
import { DONE_BY, SAID_BY } from './erasing.ts';
import { newestVersion } from './migrations.ts';
import { StorageFault } from './storage-fault.ts';

/** How much there is of an account. */
export interface AccountTraces {
  readonly account: string;
  readonly messages: number;
  /** What it did besides speaking, and what was done to it. */
  readonly happenings: number;
  /** Rooms that belong to it. */
  readonly rooms: number;
  readonly readMarkers: number;
}

/**
 * Counts what there is of an account, while a server writes to the database or not; undefined when there is no such
 * account. Throws a `StorageFault`.
 */
export function accountTraces(file: string, name: string): AccountTraces | undefined {
  const database = openToRead(file);
  try {
    if (schemaVersion(database) !== newestVersion) throw new StorageFault('STORAGE_OLDER');
    const account = [...new AccountTable(database).all()].find(({ key }) => key === nickKey(name));
    if (account === undefined) return undefined;
    const who = accountIdentity(account.id);
    return {
      account: account.name,
      messages: count(database, `messages WHERE ${SAID_BY}`, who),
      happenings: count(database, `happenings WHERE ${DONE_BY}`, who),
      rooms: count(database, 'rooms WHERE founder = ?', account.id),
      readMarkers: count(database, 'read_markers WHERE reader = ?', who),
    };
  } catch (error) {
    throw StorageFault.from(error);
  } finally {
    database.close();
  }
}

function count(database: DatabaseSync, what: string, whose: SQLInputValue): number {
  return Number(database.prepare(`SELECT count(*) AS count FROM ${what}`).get(whose)?.['count']);
}
