import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Identity } from '../domain/conversation.ts';
import type { ConversationTable } from './conversation-table.ts';
import { pageEnd } from './page-end.ts';
import type { PersonaTable } from './persona-table.ts';
import { removalStatements, type Removal } from './removal.ts';
import { together } from './together.ts';

/** Rows that one step looks at, and that one step takes away: a step is to be over in a few milliseconds. */
const LOOKED_AT_PER_STEP = 2000;
const ROWS_PER_STEP = 100;

const PERSONAS = 'SELECT id FROM personas WHERE identity = ?1';

/** The SQL for messages that somebody (`?1`) said. */
export const SAID_BY = `sender IN (${PERSONAS})`;

/** The SQL for what somebody (`?1`) did, and for what was done to them, as far as their name is in it. */
export const DONE_BY = `(
  actor IN (${PERSONAS})
  OR (kind = 'kicked' AND facts ->> 'whom' IN (${PERSONAS}))
  OR (kind = 'renamed' AND facts ->> 'from' IN (${PERSONAS}))
  OR (kind = 'modes-set' AND EXISTS (
    SELECT 1 FROM json_each(facts, '$.changes')
    WHERE value ->> 'kind' = 'role' AND value ->> 'name' IN (SELECT name FROM personas WHERE identity = ?1)
  ))
)`;

/** Takes away what somebody said and did, and who they were. What others said to them stays. */
export class Erasing {
  readonly #database: DatabaseSync;
  readonly #personas: PersonaTable;
  readonly #conversations: ConversationTable;
  readonly #note: StatementSync;
  readonly #pending: StatementSync;
  readonly #forget: StatementSync;
  readonly #nextConversation: StatementSync;
  readonly #lastHappening: StatementSync;
  readonly #deleteHappenings: StatementSync;
  readonly #lastMessage: StatementSync;
  readonly #removeMessages: Removal;
  readonly #deleteConversations: StatementSync;
  readonly #makeNobody: StatementSync;

  constructor(database: DatabaseSync, personas: PersonaTable, conversations: ConversationTable) {
    this.#database = database;
    this.#personas = personas;
    this.#conversations = conversations;
    this.#note = database.prepare('INSERT OR IGNORE INTO erasures (identity) VALUES (?)');
    this.#pending = database.prepare('SELECT identity FROM erasures ORDER BY identity');
    this.#forget = database.prepare('DELETE FROM erasures WHERE identity = ?');
    this.#nextConversation = database.prepare('SELECT min(conversation) AS id FROM happenings WHERE conversation > ?');
    this.#lastHappening = database.prepare(
      pageEnd('happenings', 'conversation = ? AND sequence > ?', LOOKED_AT_PER_STEP),
    );
    this.#deleteHappenings = database.prepare(
      `DELETE FROM happenings WHERE conversation = ?2 AND sequence IN (
         SELECT sequence FROM happenings
         WHERE conversation = ?2 AND sequence > ?3 AND sequence <= ?4 AND ${DONE_BY} LIMIT ${ROWS_PER_STEP}
       )`,
    );
    this.#lastMessage = database.prepare(pageEnd('messages', 'sequence > ?', LOOKED_AT_PER_STEP));
    this.#removeMessages = removalStatements(
      database,
      `SELECT sequence FROM messages WHERE sequence > ?2 AND sequence <= ?3 AND ${SAID_BY}
       ORDER BY sequence LIMIT ${ROWS_PER_STEP}`,
    );
    this.#deleteConversations = database.prepare(
      `DELETE FROM conversations WHERE (one = ?1 OR other = ?1)
         AND NOT EXISTS (SELECT 1 FROM messages WHERE conversation = conversations.id)
         AND NOT EXISTS (SELECT 1 FROM happenings WHERE conversation = conversations.id)`,
    );
    // Others may have told them something, which is theirs; it was to somebody, who is nobody now.
    this.#makeNobody = database.prepare(
      `UPDATE personas SET name = ?2, label = ?2, user = ?2, host = ?2, real_name = '', account = NULL, is_bot = 0
       WHERE identity = ?1`,
    );
  }

  /** Notes that somebody is to be erased. To be called within a transaction. */
  note(who: Identity): void {
    this.#note.run(who);
  }

  /** Those who are to be erased and are not yet. */
  pending(): Identity[] {
    return this.#pending.all().map((row) => String(row['identity']) as Identity);
  }

  /** Erases somebody, a small step each time that it is asked to go on. Gives the number of rows that a step took away. */
  *steps(who: Identity): Generator<number, undefined> {
    for (let conversation = 0; ;) {
      const next = this.#nextConversation.get(conversation)?.['id'];
      if (typeof next !== 'number') break;
      conversation = next;
      for (let from = 0; ;) {
        const last = this.#lastHappening.get(conversation, from)?.['last'];
        if (typeof last !== 'number') break;
        const rows = Number(this.#deleteHappenings.run(who, conversation, from, last).changes);
        yield rows;
        if (rows < ROWS_PER_STEP) from = last;
      }
    }
    for (let from = 0; ;) {
      const last = this.#lastMessage.get(from)?.['last'];
      if (typeof last !== 'number') break;
      const rows = together(this.#database, () => this.#removeMessages(who, from, last));
      yield rows;
      if (rows < ROWS_PER_STEP) from = last;
    }
    together(this.#database, () => {
      this.#deleteConversations.run(who);
      this.#makeNobody.run(who, `erased-${who}`);
      this.#forget.run(who);
    });
    this.#conversations.forget();
    this.#personas.forget();
    return undefined;
  }
}
