import type { Migration } from '../migrations.ts';

/** Who stays on while no device of theirs is connected, and the rooms that are there only because of them. */
export const stays: Migration = {
  version: 5,
  sql: `
    CREATE TABLE stays (nick TEXT PRIMARY KEY, account INTEGER NOT NULL, stay TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE stay_rooms (
      name TEXT PRIMARY KEY,
      title TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      state TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
