import type { Migration } from '../migrations.ts';

/** Rooms that belong to accounts. */
export const rooms: Migration = {
  version: 2,
  sql: `
    CREATE TABLE rooms (
      name TEXT PRIMARY KEY,
      title TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      founder INTEGER NOT NULL,
      registered_at INTEGER NOT NULL,
      state TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
