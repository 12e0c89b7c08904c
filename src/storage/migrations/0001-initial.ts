import type { Migration } from '../migrations.ts';

/**
 * What is said, what happens, and accounts. Messages have the sequence number of their id as their row id, so that time
 * and id are found without an index of their own, and the index by conversation is in order of time.
 */
export const initial: Migration = {
  version: 1,
  sql: `
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

    CREATE TABLE conversations (
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL,
      title TEXT NOT NULL,
      one TEXT,
      other TEXT,
      is_restricted INTEGER NOT NULL DEFAULT 0,
      is_closed INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE UNIQUE INDEX conversations_open ON conversations (key) WHERE is_closed = 0;
    CREATE INDEX conversations_one ON conversations (one) WHERE one IS NOT NULL;
    CREATE INDEX conversations_other ON conversations (other) WHERE other IS NOT NULL;

    CREATE TABLE personas (
      id INTEGER PRIMARY KEY,
      identity TEXT NOT NULL,
      name TEXT NOT NULL,
      label TEXT NOT NULL,
      user TEXT NOT NULL,
      host TEXT NOT NULL,
      real_name TEXT NOT NULL,
      account TEXT,
      is_named INTEGER NOT NULL,
      is_bot INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX personas_identity ON personas (identity);

    CREATE TABLE messages (
      sequence INTEGER PRIMARY KEY,
      conversation INTEGER NOT NULL,
      sender INTEGER NOT NULL,
      recipient INTEGER,
      manner INTEGER NOT NULL,
      at_least INTEGER,
      text TEXT NOT NULL,
      annotations TEXT
    ) STRICT;
    CREATE INDEX messages_conversation ON messages (conversation);

    CREATE TABLE happenings (
      conversation INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      kind TEXT NOT NULL,
      actor INTEGER NOT NULL,
      facts TEXT NOT NULL,
      PRIMARY KEY (conversation, sequence)
    ) STRICT, WITHOUT ROWID;

    -- Messages that are gone, for whoever has copied them.
    CREATE TABLE removals (id INTEGER PRIMARY KEY, sequence INTEGER NOT NULL) STRICT;

    CREATE TABLE accounts (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      last_seen_at INTEGER NOT NULL,
      credentials TEXT,
      suspension TEXT,
      settings TEXT NOT NULL,
      nicks TEXT NOT NULL,
      fingerprints TEXT NOT NULL
    ) STRICT;
  `,
};
