import type { Migration } from '../migrations.ts';

/** What a reaction is about, so that it goes with the message. */
export const reactions: Migration = {
  version: 4,
  sql: `
    ALTER TABLE happenings ADD COLUMN about INTEGER;
    CREATE INDEX happenings_about ON happenings (about) WHERE about IS NOT NULL;
  `,
};
