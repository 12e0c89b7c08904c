import type { DatabaseSync } from 'node:sqlite';
import { MetadataTable } from '../metadata-table.ts';
import { ServerBanTable } from '../server-ban-table.ts';
import { StayTable } from '../stay-table.ts';
import type { Counts } from './export-format.ts';
import type { LineOf } from './import-lines.ts';
import type { ImportedPeople } from './imported-people.ts';

/** What an export has besides people and what was said: how things stood when it was made. */
export class ImportedState {
  readonly #database: DatabaseSync;
  readonly #metadata: MetadataTable;
  readonly #serverBans: ServerBanTable;
  readonly #stays: StayTable;
  readonly #who: ImportedPeople;
  readonly #count: (kind: keyof Counts, isNew: boolean) => void;

  /** @param count is told of each line whether it is new here. */
  constructor(database: DatabaseSync, who: ImportedPeople, count: (kind: keyof Counts, isNew: boolean) => void) {
    this.#database = database;
    this.#metadata = new MetadataTable(database);
    this.#serverBans = new ServerBanTable(database);
    this.#stays = new StayTable(database);
    this.#who = who;
    this.#count = count;
  }

  /** A room whose founder is not here is nobody's, and nothing of it is kept but what was said. */
  room({ name, title, createdAt, founder, registeredAt, state, metadata }: LineOf<'room'>): void {
    const owner = this.#who.oursOf(founder);
    if (owner === undefined) return;
    const access = state.access.flatMap(([id, role]) => {
      const ours = this.#who.oursOf(id);
      return ours === undefined ? [] : [[ours, role]];
    });
    const { changes } = this.#database
      .prepare(
        'INSERT OR IGNORE INTO rooms (name, title, created_at, founder, registered_at, state) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(name, title, createdAt, owner, registeredAt, JSON.stringify({ ...state, access }));
    if (changes === 1) this.#metadata.import(name, metadata);
    this.#count('rooms', changes === 1);
  }

  /** Of accounts that are here; a guest has none. */
  readMarker({ reader, conversation, readAt, movedAt }: LineOf<'read-marker'>): void {
    if (this.#who.oursOf(Number(reader.slice(1))) === undefined) return;
    const { changes } = this.#database
      .prepare(
        `INSERT INTO read_markers (reader, conversation, read_at, moved_at) VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET read_at = excluded.read_at, moved_at = excluded.moved_at
         WHERE excluded.read_at > read_at`,
      )
      .run(this.#who.identity(reader), this.#who.key(conversation), readAt, movedAt);
    this.#count('readMarkers', changes === 1);
  }

  seenMark({ account, device, upTo }: LineOf<'seen-mark'>): void {
    if (this.#who.oursOf(Number(account.slice(1))) === undefined) return;
    const { changes } = this.#database
      .prepare(
        `INSERT INTO seen_marks (account, device, up_to) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET up_to = excluded.up_to WHERE excluded.up_to > up_to`,
      )
      .run(this.#who.identity(account), device, upTo);
    this.#count('seenMarks', changes === 1);
  }

  serverBan({ goesBy, mask, reason, by, at, until }: LineOf<'server-ban'>): void {
    this.#count('serverBans', this.#serverBans.import({ kind: goesBy, mask, reason, by, at, until }));
  }

  /** Nobody stays on without an account. */
  stay(line: LineOf<'stay'>): void {
    const account = this.#who.oursOf(line.account);
    if (account === undefined) return;
    const { name, label, user, host, realName, away, isSecure, isAttended, flags, rooms, connectedAt, activeAt } = line;
    const persona = { account, name, label, user, host, realName };
    const state = { away, isSecure, isAttended, flags, rooms, connectedAt, activeAt };
    this.#count('stays', this.#stays.import({ ...persona, ...state }));
  }

  stayRoom(line: LineOf<'stay-room'>): void {
    this.#count('stayRooms', this.#stays.importRoom(line));
  }
}
