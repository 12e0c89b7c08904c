import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Chat } from '../domain/chat.ts';
import type { MetadataEntries, MetadataKey, MetadataOwner } from '../domain/metadata.ts';
import type { RoomName } from '../domain/room-name.ts';

/** What accounts say about themselves, and the founders of rooms about those. */
export class MetadataTable {
  readonly #put: StatementSync;
  readonly #delete: StatementSync;
  readonly #all: StatementSync;

  constructor(database: DatabaseSync) {
    this.#put = database.prepare('INSERT OR REPLACE INTO metadata (owner, entries) VALUES (?, ?)');
    this.#delete = database.prepare('DELETE FROM metadata WHERE owner = ?');
    this.#all = database.prepare('SELECT * FROM metadata');
  }

  /** Writes all that is said about one of them. */
  put(owner: MetadataOwner, entries: MetadataEntries): void {
    if (entries.size === 0) this.delete(owner);
    else this.#put.run(owner, JSON.stringify([...entries]));
  }

  delete(owner: MetadataOwner): void {
    this.#delete.run(owner);
  }

  /** Puts all of it into a chat, whose rooms are there already. */
  restore({ metadata, rooms }: Chat): void {
    for (const { owner, entries } of this.all()) {
      // The founder of a room may be gone, and the room with them.
      if (owner.startsWith('#') && !rooms.has(owner as RoomName)) continue;
      for (const [key, value] of entries) metadata.set(owner, key, value);
    }
  }

  *all(): Generator<{ readonly owner: MetadataOwner; readonly entries: MetadataEntries }> {
    for (const row of this.#all.iterate()) {
      const entries = new Map(JSON.parse(String(row['entries'])) as [MetadataKey, string][]);
      yield { owner: String(row['owner']) as MetadataOwner, entries };
    }
  }
}
