import type { Migration } from '../migrations.ts';

/** Bans from the server. */
export const serverBans: Migration = {
  version: 9,
  sql: `
    CREATE TABLE server_bans (
      key TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      mask TEXT NOT NULL,
      reason TEXT NOT NULL,
      set_by TEXT NOT NULL,
      set_at INTEGER NOT NULL,
      until INTEGER
    ) STRICT, WITHOUT ROWID;
  `,
};
