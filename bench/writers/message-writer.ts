import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { openDatabase, type Sync } from '../../src/storage/database.ts';

/** A message to be written, as plain as a thread can be sent it. */
export type Row = readonly [sequence: number, conversation: number, sender: number, text: string];

/** Writes what a turn has brought in one transaction, with the server's own schema and settings of the database. */
export class MessageWriter {
  readonly #database: DatabaseSync;
  readonly #begin: StatementSync;
  readonly #insert: StatementSync;
  readonly #commit: StatementSync;

  /** @param autoCheckpointPages 0 where somebody else carries the log over. */
  constructor(file: string, sync: Sync, autoCheckpointPages: number) {
    this.#database = openDatabase(file, sync);
    this.#database.exec(`PRAGMA wal_autocheckpoint = ${autoCheckpointPages}`);
    this.#begin = this.#database.prepare('BEGIN IMMEDIATE');
    this.#insert = this.#database.prepare(
      'INSERT INTO messages (sequence, conversation, sender, recipient, manner, text) VALUES (?, ?, ?, NULL, 0, ?)',
    );
    this.#commit = this.#database.prepare('COMMIT');
  }

  /** When this returns it is durable. */
  write(rows: readonly Row[]): void {
    this.#begin.run();
    for (const row of rows) this.#insert.run(...row);
    this.#commit.run();
  }

  close(): void {
    this.#database.close();
  }
}
