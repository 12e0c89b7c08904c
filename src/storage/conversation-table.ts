import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { peopleOf, type ConversationKey, type Identity } from '../domain/conversation.ts';

/** Conversations whose ids are kept in memory. */
const MAX_KNOWN = 20_000;

export interface Conversation {
  readonly id: number;
  readonly key: ConversationKey;
  /** The room's name as people are shown it; empty for a private one. */
  readonly title: string;
}

/** Conversations: at most one that is open for each key. A closed one is never read again by its key. */
export class ConversationTable {
  readonly #insert: StatementSync;
  readonly #insertClosed: StatementSync;
  readonly #selectOpen: StatementSync;
  readonly #selectAt: StatementSync;
  readonly #selectWith: StatementSync;
  readonly #restrict: StatementSync;
  readonly #close: StatementSync;
  readonly #rename: StatementSync;
  readonly #known = new Map<ConversationKey, Conversation>();
  readonly #knownById = new Map<number, Conversation>();

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare('INSERT INTO conversations (key, title, one, other) VALUES (?, ?, ?, ?)');
    this.#insertClosed = database.prepare(
      'INSERT INTO conversations (key, title, one, other, is_restricted, is_closed) VALUES (?, ?, ?, ?, ?, 1)',
    );
    this.#selectOpen = database.prepare('SELECT id, title FROM conversations WHERE key = ? AND is_closed = 0');
    this.#selectAt = database.prepare('SELECT key, title FROM conversations WHERE id = ?');
    this.#selectWith = database.prepare('SELECT id, key FROM conversations WHERE one = ?1 OR other = ?1');
    this.#restrict = database.prepare('UPDATE conversations SET is_restricted = ? WHERE key = ? AND is_closed = 0');
    this.#rename = database.prepare('UPDATE conversations SET key = ?, title = ? WHERE key = ? AND is_closed = 0');
    this.#close = database.prepare('UPDATE conversations SET is_closed = 1 WHERE key = ? AND is_closed = 0');
  }

  find(key: ConversationKey): Conversation | undefined {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const row = this.#selectOpen.get(key);
    return row === undefined ? undefined : this.#remember({ id: Number(row['id']), key, title: String(row['title']) });
  }

  /** A conversation by its id, open or not. */
  at(id: number): Conversation | undefined {
    const known = this.#knownById.get(id);
    if (known !== undefined) return known;
    const row = this.#selectAt.get(id);
    if (row === undefined) return undefined;
    const found = { id, key: String(row['key']) as ConversationKey, title: String(row['title']) };
    if (this.#knownById.size >= MAX_KNOWN) this.#knownById.clear();
    this.#knownById.set(id, found);
    return found;
  }

  /** The open conversation of a key, made if there is none. */
  open(key: ConversationKey, title: string): Conversation {
    const found = this.find(key);
    if (found !== undefined) return found;
    const [one, other] = peopleOf(key) ?? [null, null];
    const { lastInsertRowid } = this.#insert.run(key, title, one, other);
    return this.#remember({ id: Number(lastInsertRowid), key, title });
  }

  /** Adds a conversation that is closed: one of the past. */
  addClosed(key: ConversationKey, title: string, isRestricted: boolean): Conversation {
    const [one, other] = peopleOf(key) ?? [null, null];
    const { lastInsertRowid } = this.#insertClosed.run(key, title, one, other, Number(isRestricted));
    return { id: Number(lastInsertRowid), key, title };
  }

  /** All private conversations of somebody. */
  *with(who: Identity): Generator<{ readonly id: number; readonly key: ConversationKey; readonly other: Identity }> {
    for (const row of this.#selectWith.iterate(who)) {
      const key = String(row['key']) as ConversationKey;
      const [one, other] = peopleOf(key) ?? [who, who];
      yield { id: Number(row['id']), key, other: one === who ? other : one };
    }
  }

  /** Notes whether not everybody may come into a room, for a start after a crash. */
  setRestricted(key: ConversationKey, isRestricted: boolean): void {
    this.#restrict.run(Number(isRestricted), key);
  }

  /** A room's conversation goes by the room's new name from now on. An earlier one of that name is closed. */
  rename(from: ConversationKey, to: ConversationKey, title: string): void {
    if (from !== to) this.close(to);
    this.#rename.run(to, title, from);
    this.#known.delete(from);
    this.#knownById.clear();
  }

  close(key: ConversationKey): void {
    this.#close.run(key);
    this.#known.delete(key);
  }

  /** What was written may have been taken back: forgets it. */
  forget(): void {
    this.#known.clear();
    this.#knownById.clear();
  }

  #remember(conversation: Conversation): Conversation {
    if (this.#known.size >= MAX_KNOWN) this.#known.clear();
    this.#known.set(conversation.key, conversation);
    return conversation;
  }
}
