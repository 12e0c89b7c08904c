import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Chat } from '../domain/chat.ts';
import { isAccountIdentity, type ConversationKey, type Identity } from '../domain/conversation.ts';
import type { MarkedRead } from '../domain/event.ts';

/** How far accounts have read their conversations. */
export class ReadMarkerTable {
  readonly #put: StatementSync;
  readonly #delete: StatementSync;
  readonly #deleteAll: StatementSync;
  readonly #deleteIn: StatementSync;
  readonly #move: StatementSync;
  readonly #all: StatementSync;

  constructor(database: DatabaseSync) {
    this.#put = database.prepare(
      'INSERT OR REPLACE INTO read_markers (reader, conversation, read_at, moved_at) VALUES (?, ?, ?, ?)',
    );
    this.#delete = database.prepare('DELETE FROM read_markers WHERE reader = ? AND conversation = ?');
    this.#deleteAll = database.prepare('DELETE FROM read_markers WHERE reader = ?');
    this.#deleteIn = database.prepare('DELETE FROM read_markers WHERE conversation = ?');
    this.#move = database.prepare('UPDATE read_markers SET conversation = ? WHERE conversation = ?');
    this.#all = database.prepare('SELECT * FROM read_markers ORDER BY moved_at');
  }

  /** A guest's are not kept: nobody comes back as that guest. */
  put({ by: { identity }, conversation, readAt, isNews, forgotten, at }: MarkedRead): void {
    if (!isNews || !isAccountIdentity(identity)) return;
    this.#put.run(identity, conversation, readAt, at);
    if (forgotten !== undefined) this.#delete.run(identity, forgotten);
  }

  /** A conversation is found by another key from now on. */
  move(from: ConversationKey, to: ConversationKey): void {
    this.#deleteIn.run(to);
    this.#move.run(to, from);
  }

  deleteOf(reader: Identity): void {
    this.#deleteAll.run(reader);
  }

  restore({ readMarkers }: Chat): void {
    for (const row of this.#all.iterate()) {
      const [reader, conversation] = [String(row['reader']), String(row['conversation'])];
      readMarkers.set(reader as Identity, conversation as ConversationKey, Number(row['read_at']));
    }
  }
}
