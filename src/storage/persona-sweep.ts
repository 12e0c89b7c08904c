import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { pageEnd } from './page-end.ts';
import type { PersonaTable } from './persona-table.ts';

/** How long the names and hosts of people may outlive the last thing that they said, in milliseconds. */
const DAY_MS = 86_400_000;
/** Rows that one step looks at: a step is to be over in a few milliseconds. */
const LOOKED_AT_PER_STEP = 2000;
const PERSONAS_PER_STEP = 500;

/**
 * Takes away personas that nothing refers to any more. What refers to one is not indexed, since that would cost every
 * message something: so all of it is looked through, once in a while, after something was taken away.
 */
export class PersonaSweep {
  readonly #personas: PersonaTable;
  readonly #note: StatementSync;
  readonly #noted: StatementSync;
  readonly #forgetNote: StatementSync;
  readonly #begin: StatementSync;
  readonly #end: StatementSync;
  readonly #newest: StatementSync;
  readonly #clear: StatementSync;
  readonly #lastMessage: StatementSync;
  readonly #useMessages: readonly StatementSync[];
  readonly #conversations: StatementSync;
  readonly #lastHappening: StatementSync;
  readonly #useHappenings: readonly StatementSync[];
  readonly #lastPersona: StatementSync;
  readonly #delete: StatementSync;

  constructor(database: DatabaseSync, personas: PersonaTable) {
    this.#personas = personas;
    database.exec('CREATE TEMP TABLE used (id INTEGER PRIMARY KEY) STRICT');
    this.#note = database.prepare("INSERT OR IGNORE INTO meta (name, value) VALUES ('unswept', ?)");
    this.#noted = database.prepare("SELECT name, value FROM meta WHERE name IN ('unswept', 'sweeping') ORDER BY name");
    this.#forgetNote = database.prepare("DELETE FROM meta WHERE name = 'unswept'");
    this.#begin = database.prepare("UPDATE OR REPLACE meta SET name = 'sweeping' WHERE name = 'unswept'");
    this.#end = database.prepare("DELETE FROM meta WHERE name = 'sweeping'");
    this.#newest = database.prepare('SELECT max(id) AS id FROM personas');
    this.#clear = database.prepare('DELETE FROM temp.used');
    const use = (query: string): StatementSync => database.prepare(`INSERT OR IGNORE INTO temp.used ${query}`);
    const messages = 'FROM messages WHERE sequence > ? AND sequence <= ?';
    this.#lastMessage = database.prepare(pageEnd('messages', 'sequence > ?', LOOKED_AT_PER_STEP));
    this.#useMessages = [
      use(`SELECT sender ${messages}`),
      use(`SELECT recipient ${messages} AND recipient IS NOT NULL`),
    ];
    this.#conversations = database.prepare('SELECT min(conversation) AS id FROM happenings WHERE conversation > ?');
    const happenings = 'FROM happenings WHERE conversation = ? AND sequence > ? AND sequence <= ?';
    this.#lastHappening = database.prepare(
      pageEnd('happenings', 'conversation = ? AND sequence > ?', LOOKED_AT_PER_STEP),
    );
    const mentioned = (kind: string, fact: string): StatementSync =>
      use(`SELECT facts ->> '${fact}' ${happenings} AND kind = '${kind}' AND facts ->> '${fact}' IS NOT NULL`);
    this.#useHappenings = [
      use(`SELECT actor ${happenings}`),
      mentioned('kicked', 'whom'),
      mentioned('renamed', 'from'),
      mentioned('annotated', 'recipient'),
      mentioned('redacted', 'recipient'),
    ];
    this.#lastPersona = database.prepare(
      `SELECT max(id) AS last FROM (
         SELECT id FROM personas WHERE id > ? AND id < ? ORDER BY id LIMIT ${PERSONAS_PER_STEP}
       )`,
    );
    this.#delete = database.prepare(
      'DELETE FROM personas WHERE id > ? AND id <= ? AND id NOT IN (SELECT id FROM temp.used)',
    );
  }

  /** Something was taken away. @param at milliseconds since 1970; 0 when those whom nothing refers to are to go at once. */
  note(at: number): void {
    if (at === 0) this.#forgetNote.run();
    this.#note.run(String(at));
  }

  isDue(at: number): boolean {
    const row = this.#noted.get();
    // One that was begun is done again.
    return row !== undefined && (row['name'] === 'sweeping' || Number(row['value']) <= at - DAY_MS);
  }

  /** A small step each time that it is asked to go on. Gives the number of personas that a step took away. */
  *steps(): Generator<number, undefined> {
    const newest = Number(this.#newest.get()?.['id'] ?? 0);
    // Whoever says something from now on is written anew, so that nothing new refers to those who are looked for. And the
    // newest one stays, so that no number is given twice.
    this.#personas.forget();
    this.#begin.run();
    this.#clear.run();
    for (let from = 0; ;) {
      const last = numberOf(this.#lastMessage.get(from)?.['last']);
      if (last === undefined) break;
      for (const statement of this.#useMessages) statement.run(from, last);
      from = last;
      yield 0;
    }
    for (let conversation = 0; ;) {
      const next = numberOf(this.#conversations.get(conversation)?.['id']);
      if (next === undefined) break;
      conversation = next;
      for (let from = 0; ;) {
        const last = numberOf(this.#lastHappening.get(conversation, from)?.['last']);
        if (last === undefined) break;
        for (const statement of this.#useHappenings) statement.run(conversation, from, last);
        from = last;
        yield 0;
      }
    }
    for (let from = 0; ;) {
      const last = numberOf(this.#lastPersona.get(from, newest)?.['last']);
      if (last === undefined) break;
      yield Number(this.#delete.run(from, last).changes);
      from = last;
    }
    this.#clear.run();
    this.#end.run();
    return undefined;
  }
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
