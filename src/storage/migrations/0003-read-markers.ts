import type { Migration } from '../migrations.ts';

/** How far accounts have read. Conversations by key, which a room's next history shares: times only go forward. */
export const readMarkers: Migration = {
  version: 3,
  sql: `
    CREATE TABLE read_markers (
      reader TEXT NOT NULL,
      conversation TEXT NOT NULL,
      read_at INTEGER NOT NULL,
      moved_at INTEGER NOT NULL,
      PRIMARY KEY (reader, conversation)
    ) STRICT, WITHOUT ROWID;
  `,
};
