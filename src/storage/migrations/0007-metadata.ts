import type { Migration } from '../migrations.ts';

/** What accounts say about themselves, and the founders of rooms about those. */
export const metadata: Migration = {
  version: 7,
  sql: 'CREATE TABLE metadata (owner TEXT PRIMARY KEY, entries TEXT NOT NULL) STRICT, WITHOUT ROWID;',
};
