import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Identity } from '../domain/conversation.ts';
import { nickKey } from '../domain/nick.ts';
import { sessionId, type Persona } from '../domain/session.ts';

/** Personas of the past that are kept in memory, for reading. */
const MAX_KNOWN = 10_000;

/** The session that people of the past belong to: none. */
const NO_SESSION = sessionId('');

/** Who said something, as they were called then. Personas never change, so each is written once. */
export class PersonaTable {
  readonly #insert: StatementSync;
  readonly #select: StatementSync;
  readonly #highest: StatementSync;
  #written = new WeakMap<Persona, number>();
  readonly #read = new Map<number, Persona>();

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(
      `INSERT INTO personas (identity, name, label, user, host, real_name, account, is_named, is_bot)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#select = database.prepare('SELECT * FROM personas WHERE id = ?');
    this.#highest = database.prepare(
      "SELECT max(CAST(substr(identity, 2) AS INTEGER)) AS id FROM personas WHERE identity >= 'a' AND identity < 'b'",
    );
  }

  /** The id of a persona, which is written if it has not been. */
  idOf(persona: Persona): number {
    const known = this.#written.get(persona);
    if (known !== undefined) return known;
    const { identity, name, label, user, host, realName, account, isNamed, isBot } = persona;
    const { lastInsertRowid } = this.#insert.run(
      identity,
      name,
      label,
      user,
      host,
      realName,
      account ?? null,
      Number(isNamed),
      Number(isBot),
    );
    const id = Number(lastInsertRowid);
    this.#written.set(persona, id);
    return id;
  }

  at(id: number): Persona {
    const known = this.#read.get(id);
    if (known !== undefined) return known;
    const row = this.#select.get(id);
    if (row === undefined) throw new RangeError(`there is no persona ${id}`);
    const name = String(row['name']);
    const persona: Persona = {
      session: NO_SESSION,
      name,
      key: nickKey(name),
      isNamed: row['is_named'] === 1,
      label: String(row['label']),
      user: String(row['user']),
      host: String(row['host']),
      realName: String(row['real_name']),
      account: row['account'] === null ? undefined : String(row['account']),
      identity: String(row['identity']) as Identity,
      isBot: row['is_bot'] === 1,
    };
    if (this.#read.size >= MAX_KNOWN) this.#read.clear();
    this.#read.set(id, persona);
    return persona;
  }

  /** The highest number of an account that has ever said or done anything, whether it is still there or not. */
  highestAccount(): number {
    return Number(this.#highest.get()?.['id'] ?? 0);
  }

  /** What was written may have been taken back: forgets it. */
  forget(): void {
    this.#written = new WeakMap();
    this.#read.clear();
  }
}
