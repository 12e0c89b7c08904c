import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ConversationKey } from '../domain/conversation.ts';
import { sequenceAt } from '../domain/message-id.ts';
import { removalStatements, type Removal } from './removal.ts';
import { together } from './together.ts';

/** How much of a conversation is kept. */
export interface KeptShare {
  /** Undefined for ever. */
  readonly maxAgeMs: number | undefined;
  /** Messages, and as many of the other things that happen there; undefined for any number. */
  readonly maxMessages: number | undefined;
}

/** How much of what was said and what happened is kept. */
export interface Retention {
  /** Of everything; the number is that of each room. */
  readonly everywhere: KeptShare;
  /** Rooms that keep less than that. */
  readonly rooms: ReadonlyMap<ConversationKey, KeptShare>;
}

/** Rows that one step takes away: a step is to be over in a few milliseconds. */
const ROWS_PER_STEP = 100;
/** Rows that one step counts, which costs less. */
const COUNTED_PER_STEP = 5000;
const CONVERSATIONS_PER_STEP = 50;
/** Conversations of which it is remembered that they are not too long. */
const MAX_KNOWN = 20_000;

type Table = 'messages' | 'happenings';

interface Found {
  readonly id: number;
  readonly key: ConversationKey;
  readonly isRoom: boolean;
  readonly isClosed: boolean;
}

/** Takes away what is too old, and what is too much of a room. */
export class Pruning {
  readonly #database: DatabaseSync;
  readonly #removeOld: Removal;
  readonly #removeBefore: Removal;
  readonly #older: StatementSync;
  readonly #deleteHappenings: StatementSync;
  readonly #deleteComings: StatementSync;
  readonly #latest: Readonly<Record<Table, StatementSync>>;
  readonly #nth: Readonly<Record<Table, StatementSync>>;
  readonly #conversations: StatementSync;
  /** The last row of a room when it was last counted, and how many there may be. */
  readonly #counted: Readonly<Record<Table, Map<number, string>>> = { messages: new Map(), happenings: new Map() };

  constructor(database: DatabaseSync) {
    const latest = (table: Table): StatementSync =>
      database.prepare(`SELECT max(sequence) AS sequence FROM ${table} WHERE conversation = ?`);
    const nth = (table: Table): StatementSync =>
      database.prepare(
        `SELECT sequence FROM ${table} WHERE conversation = ? AND sequence < ? ORDER BY sequence DESC LIMIT 1 OFFSET ?`,
      );
    this.#database = database;
    this.#removeOld = removalStatements(
      database,
      `SELECT sequence FROM messages WHERE sequence < ?1 ORDER BY sequence LIMIT ${ROWS_PER_STEP}`,
    );
    this.#removeBefore = removalStatements(
      database,
      `SELECT sequence FROM messages WHERE conversation = ?1 AND sequence < ?2 ORDER BY sequence LIMIT ${ROWS_PER_STEP}`,
    );
    const deleteBefore = (which: string): StatementSync =>
      database.prepare(
        `DELETE FROM happenings WHERE conversation = ?1 AND sequence IN (
           SELECT sequence FROM happenings WHERE conversation = ?1 AND sequence < ?2 ${which}
           ORDER BY sequence LIMIT ${ROWS_PER_STEP}
         )`,
      );
    this.#older = database.prepare('SELECT 1 FROM happenings WHERE conversation = ? AND sequence < ? LIMIT 1');
    this.#deleteHappenings = deleteBefore('');
    this.#deleteComings = deleteBefore('AND about IS NULL');
    this.#latest = { messages: latest('messages'), happenings: latest('happenings') };
    this.#nth = { messages: nth('messages'), happenings: nth('happenings') };
    this.#conversations = database.prepare(
      `SELECT id, key, one IS NULL AS is_room, is_closed FROM conversations
       WHERE id > ? ORDER BY id LIMIT ${CONVERSATIONS_PER_STEP}`,
    );
  }

  /**
   * Takes everything away that is not to be kept, a small step each time that it is asked to go on. Gives the number of
   * rows that a step has taken away. @param at milliseconds since 1970.
   */
  *steps({ everywhere, rooms }: Retention, at: number): Generator<number, undefined> {
    const { maxAgeMs, maxMessages } = everywhere;
    if (maxAgeMs === undefined && maxMessages === undefined && rooms.size === 0) return undefined;
    const oldest = firstAllowed(maxAgeMs, at);
    if (oldest > 0) yield* whileSome(() => this.#removeMessages(this.#removeOld, oldest));
    for (let after = 0; ;) {
      const found = this.#page(after);
      for (const conversation of found) {
        const { id, key, isRoom, isClosed } = conversation;
        after = id;
        // What is closed is no longer that of the room that has its name now.
        const own = isClosed ? undefined : rooms.get(key);
        const limit = isRoom ? least(maxMessages, own?.maxMessages) : undefined;
        yield* this.#shorten(id, { oldest, ownOldest: firstAllowed(own?.maxAgeMs, at) }, limit);
      }
      if (found.length < CONVERSATIONS_PER_STEP) return undefined;
      yield 0;
    }
  }

  #page(after: number): Found[] {
    return this.#conversations.all(after).map((row) => ({
      id: Number(row['id']),
      key: String(row['key']) as ConversationKey,
      isRoom: row['is_room'] === 1,
      isClosed: row['is_closed'] === 1,
    }));
  }

  /** Sequence numbers before which nothing is kept, anywhere (no such messages are left) and here; 0 for none. */
  *#shorten(
    id: number,
    { oldest, ownOldest }: { readonly oldest: number; readonly ownOldest: number },
    limit: number | undefined,
  ): Generator<number, undefined> {
    const message = limit === undefined ? 0 : yield* this.#firstToKeep('messages', id, limit);
    const first = Math.max(oldest, ownOldest, message);
    if (first > oldest) yield* whileSome(() => this.#removeMessages(this.#removeBefore, id, first));
    // What happened before the first message that is left goes as well: nobody could page back to it.
    // Looking costs less than deleting nothing, and this is done for all of them again and again.
    const isOlder = first > 0 && this.#older.get(id, first) !== undefined;
    if (isOlder) yield* whileSome(() => Number(this.#deleteHappenings.run(id, first).changes));
    // Reactions stay as long as the message does.
    const happening = limit === undefined ? 0 : yield* this.#firstToKeep('happenings', id, limit);
    if (happening > 0) yield* whileSome(() => Number(this.#deleteComings.run(id, happening).changes));
    return undefined;
  }

  /** The sequence number of the first of the last so many rows of a conversation; 0 when there are no more than those. */
  *#firstToKeep(table: Table, conversation: number, count: number): Generator<number, number> {
    const counted = this.#counted[table];
    const state = `${String(this.#latest[table].get(conversation)?.['sequence'])} ${count}`;
    // Nothing was added since, so there are no more than there were.
    if (counted.get(conversation) === state) return 0;
    let first = Number.MAX_SAFE_INTEGER;
    for (let left = count; left > 0; left -= COUNTED_PER_STEP) {
      const row = this.#nth[table].get(conversation, first, Math.min(left, COUNTED_PER_STEP) - 1);
      if (row === undefined) {
        first = 0;
        break;
      }
      first = Number(row['sequence']);
      if (left > COUNTED_PER_STEP) yield 0;
    }
    if (counted.size >= MAX_KNOWN) counted.clear();
    counted.set(conversation, state);
    return first;
  }

  #removeMessages(removal: Removal, ...parameters: readonly number[]): number {
    return together(this.#database, () => removal(...parameters));
  }
}

function firstAllowed(maxAgeMs: number | undefined, at: number): number {
  return maxAgeMs === undefined ? 0 : Math.max(0, sequenceAt(at - maxAgeMs));
}

function least(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
}

function* whileSome(step: () => number): Generator<number, undefined> {
  for (let removed = step(); removed > 0; removed = step()) yield removed;
  return undefined;
}
