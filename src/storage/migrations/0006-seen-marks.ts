import type { Migration } from '../migrations.ts';

/** How far the devices of accounts have been told what was said. */
export const seenMarks: Migration = {
  version: 6,
  sql: `
    CREATE TABLE seen_marks (
      account TEXT NOT NULL,
      device TEXT NOT NULL,
      up_to INTEGER NOT NULL,
      PRIMARY KEY (account, device)
    ) STRICT, WITHOUT ROWID;
  `,
};
