import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Chat } from '../domain/chat.ts';
import type { Identity } from '../domain/conversation.ts';
import type { DeviceName } from '../domain/device-name.ts';
import type { MarkedSeen } from '../domain/event.ts';

/** How far the devices of accounts have been told what was said. */
export class SeenMarkTable {
  readonly #put: StatementSync;
  readonly #delete: StatementSync;
  readonly #deleteAll: StatementSync;
  readonly #all: StatementSync;

  constructor(database: DatabaseSync) {
    this.#put = database.prepare('INSERT OR REPLACE INTO seen_marks (account, device, up_to) VALUES (?, ?, ?)');
    this.#delete = database.prepare('DELETE FROM seen_marks WHERE account = ? AND device = ?');
    this.#deleteAll = database.prepare('DELETE FROM seen_marks WHERE account = ?');
    this.#all = database.prepare('SELECT * FROM seen_marks ORDER BY up_to');
  }

  put({ by: { identity }, device, upTo, forgotten }: MarkedSeen): void {
    this.#put.run(identity, device, upTo);
    if (forgotten !== undefined) this.#delete.run(identity, forgotten);
  }

  deleteOf(account: Identity): void {
    this.#deleteAll.run(account);
  }

  restore({ seenMarks }: Chat): void {
    for (const row of this.#all.iterate()) {
      seenMarks.set(String(row['account']) as Identity, String(row['device']) as DeviceName, Number(row['up_to']));
    }
  }
}
