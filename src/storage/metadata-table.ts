import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { Chat } from '../domain/chat.ts';
import type { MetadataEntries, MetadataKey, MetadataOwner } from '../domain/metadata.ts';
import type { RoomName } from '../domain/room-name.ts';

/** What accounts say about themselves, and the founders of rooms about those. */
export class MetadataTable {
  readonly #put: StatementSync;
  readonly #delete: StatementSync;
  readonly #get: StatementSync;
  readonly #all: StatementSync;

  constructor(database: DatabaseSync) {
    this.#put = database.prepare('INSERT OR REPLACE INTO metadata (owner, entries) VALUES (?, ?)');
    this.#delete = database.prepare('DELETE FROM metadata WHERE owner = ?');
    this.#get = database.prepare('SELECT entries FROM metadata WHERE owner = ?');
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
    for (const row of this.#all.iterate()) {
      const owner = String(row['owner']) as MetadataOwner;
      // The founder of a room may be gone, and the room with them.
      if (owner.startsWith('#') && !rooms.has(owner as RoomName)) continue;
      for (const [key, value] of entriesOf(row)) metadata.set(owner, key, value);
    }
  }

  /** Takes in what an export has of one of them. */
  import(owner: MetadataOwner, exported: Readonly<Record<string, string>> | undefined): void {
    const entries = Object.entries(exported ?? {}).map(([key, value]) => [key as MetadataKey, value] as const);
    this.put(owner, new Map(entries));
  }

  /** All that is said about one of them, as an export has it; undefined when there is nothing. */
  exported(owner: MetadataOwner): Readonly<Record<string, string>> | undefined {
    const row = this.#get.get(owner);
    return row === undefined ? undefined : Object.fromEntries(entriesOf(row));
  }
}

function entriesOf(row: Readonly<Record<string, SQLOutputValue>>): [MetadataKey, string][] {
  return JSON.parse(String(row['entries'])) as [MetadataKey, string][];
}
