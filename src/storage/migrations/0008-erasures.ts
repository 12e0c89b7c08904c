import type { Migration } from '../migrations.ts';

/** Whose data is to be deleted and is not yet, so that it goes on after a restart. */
export const erasures: Migration = {
  version: 8,
  sql: `
    CREATE TABLE erasures (identity TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  `,
};
