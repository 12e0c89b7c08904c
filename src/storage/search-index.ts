import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { SearchQuery } from '../domain/search.ts';
import { MIN_BEGINNING } from './fts-wish.ts';
import { authorWord, personWord, placeWord } from './fts-words.ts';
import { MESSAGE_AT, type MessageRow } from './message-table.ts';
import { SearchFinder, type Found } from './search-finder.ts';
import { atOneMoment } from './together.ts';

/** Messages that are taken into the index in one transaction. */
const BATCH = 2000;

/** How texts are cut into words. */
const TOKENIZE = 'unicode61 remove_diacritics 2';

/** Conversations, and authors, whose words are kept in memory. */
const MAX_KNOWN = 10_000;

/** The layout of the index; one of another layout is made anew. */
const LAYOUT = 4;

/** Pages of the index that are written anew in one step. */
const PURGE_PAGES = 64;

/**
 * An index of words (FTS5), in a database of its own with the sequence numbers of messages as row ids. It holds no texts:
 * it can be made anew from the messages at any time, and is when it is damaged.
 */
export class SearchIndex {
  /** How many messages are taken in at once. */
  static readonly batch = BATCH;
  readonly #index: DatabaseSync;
  readonly #messages: DatabaseSync;
  readonly #finder: SearchFinder;
  readonly #newMessages: StatementSync;
  readonly #messageAt: StatementSync;
  readonly #selectPeople: StatementSync;
  readonly #selectAuthor: StatementSync;
  /** The words of conversations and of authors, by their ids. Neither ever changes. */
  readonly #places = new Map<number, string>();
  readonly #authors = new Map<number, string>();
  readonly #removals: StatementSync;
  readonly #insert: StatementSync;
  readonly #delete: StatementSync;
  readonly #setProgress: StatementSync;
  readonly #merge: StatementSync;
  readonly #setPurged: StatementSync;
  #indexedUpTo: number;
  #removedUpTo: number;
  #staleSince: number | undefined;
  #isPurging = false;

  /**
   * @param file of the index; made if it is not there.
   * @param messagesFile the database of messages, which is only read.
   */
  constructor(file: string, messagesFile: string) {
    this.#messages = new DatabaseSync(messagesFile, { readOnly: true, timeout: 2000 });
    this.#index = openIndex(file);
    this.#newMessages = this.#messages.prepare(
      `SELECT sequence, conversation, sender, text FROM messages
       WHERE sequence > ? AND manner < 3 ORDER BY sequence LIMIT ${BATCH}`,
    );
    this.#newMessages.setReturnArrays(true);
    this.#messageAt = this.#messages.prepare(MESSAGE_AT);
    this.#selectPeople = this.#messages.prepare('SELECT one, other FROM conversations WHERE id = ?');
    this.#selectAuthor = this.#messages.prepare('SELECT name, account FROM personas WHERE id = ?');
    this.#removals = this.#messages.prepare(
      `SELECT id, sequence FROM removals WHERE id > ? ORDER BY id LIMIT ${BATCH}`,
    );
    this.#insert = this.#index.prepare('INSERT INTO words (rowid, place, author, text) VALUES (?, ?, ?, ?)');
    this.#delete = this.#index.prepare('DELETE FROM words WHERE rowid = ?');
    this.#setProgress = this.#index.prepare(
      'UPDATE progress SET indexed_up_to = ?, removed_up_to = ?, stale_since = ?',
    );
    this.#merge = this.#index.prepare("INSERT INTO words (words, rank) VALUES ('merge', ?)");
    this.#setPurged = this.#index.prepare('UPDATE progress SET stale_since = NULL');
    this.#finder = new SearchFinder({
      index: this.#index,
      messages: this.#messages,
      tokenize: TOKENIZE,
      placeOf: (conversation) => this.#placeOf(conversation),
    });
    const progress = this.#index.prepare('SELECT * FROM progress').get();
    this.#indexedUpTo = Number(progress?.['indexed_up_to'] ?? 0);
    this.#removedUpTo = Number(progress?.['removed_up_to'] ?? 0);
    const staleSince = progress?.['stale_since'];
    this.#staleSince = typeof staleSince === 'number' ? staleSince : undefined;
  }

  /** The number of the last removal that has been taken into account. */
  get removedUpTo(): number {
    return this.#removedUpTo;
  }

  /** Since when words of messages that are gone have been in the file, in milliseconds since 1970; undefined for none. */
  get staleSince(): number | undefined {
    return this.#staleSince;
  }

  /** Takes in a batch of what is new or gone. True when there may be more. */
  catchUp(): boolean {
    const added = this.#newMessages.all(this.#indexedUpTo) as unknown as NewMessage[];
    const removed = this.#removals.all(this.#removedUpTo);
    if (added.length === 0 && removed.length === 0) return false;
    this.#index.exec('BEGIN');
    try {
      for (const message of added) this.#take(message);
      for (const row of removed) this.#delete.run(Number(row['sequence']));
      const last = added.at(-1)?.[0] ?? this.#indexedUpTo;
      const lastRemoval = Number(removed.at(-1)?.['id'] ?? this.#removedUpTo);
      const staleSince = removed.length === 0 ? this.#staleSince : (this.#staleSince ?? Date.now());
      this.#setProgress.run(last, lastRemoval, staleSince ?? null);
      this.#index.exec('COMMIT');
      this.#indexedUpTo = last;
      this.#removedUpTo = lastRemoval;
      this.#staleSince = staleSince;
      if (removed.length > 0) this.#isPurging = false;
    } catch (error) {
      if (this.#index.isTransaction) this.#index.exec('ROLLBACK');
      throw error;
    }
    return added.length === BATCH || removed.length === BATCH;
  }

  #take(message: NewMessage): void {
    this.#insert.run(message[0], this.#placeOf(message[1]), this.#authorOf(message[2]), message[3]);
  }

  /**
   * Rids the file of words of messages that are gone. What is taken out of an index of this kind is only marked, until
   * what it is in is merged with the rest (sqlite.org/fts5.html sections 4.4.2 and 6.7), which is a step of this. True
   * when there is more to do.
   */
  purgeStep(): boolean {
    if (this.#staleSince === undefined) return false;
    const before = this.#changes();
    // A negative number has everything merged into one, of which positive ones do so much more each.
    this.#merge.run(this.#isPurging ? PURGE_PAGES : -PURGE_PAGES);
    const isMore = this.#changes() - before >= 2;
    if (isMore || this.#isPurging) {
      // Nothing more to do, if asked to begin, is nothing more to do.
      this.#isPurging = isMore;
      return true;
    }
    this.#setPurged.run();
    this.#staleSince = undefined;
    this.#index.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return false;
  }

  #changes(): number {
    return Number(this.#index.prepare('SELECT total_changes() AS changes').get()?.['changes']);
  }

  find(query: SearchQuery): Found {
    return this.#finder.find(query);
  }

  /** Messages that were found, without those that are gone since. */
  read(sequences: readonly number[]): MessageRow[] {
    const rows = atOneMoment(this.#messages, () => sequences.map((sequence) => this.#messageAt.get(sequence)));
    return rows.filter((row) => row !== undefined);
  }

  close(): void {
    this.#index.close();
    this.#messages.close();
    this.#finder.close();
  }

  /** The conversation, and the two people of a private one. */
  #placeOf(conversation: number): string {
    return remembered(this.#places, conversation, () => {
      const { one = null, other = null } = this.#selectPeople.get(conversation) ?? {};
      const people = [one, other].filter((who) => who !== null);
      return [placeWord(conversation), ...people.map((who) => personWord(String(who)))].join(' ');
    });
  }

  /** The name that somebody had, and that of their account if it is another one. */
  #authorOf(persona: number): string {
    return remembered(this.#authors, persona, () => {
      const { name = null, account = null } = this.#selectAuthor.get(persona) ?? {};
      const names = [name, account].filter((who) => who !== null);
      return [...new Set(names.map((who) => authorWord(String(who))))].join(' ');
    });
  }
}

/** A message that is not in the index yet. */
type NewMessage = readonly [sequence: number, conversation: number, sender: number, text: string];

function remembered(known: Map<number, string>, id: number, find: () => string): string {
  const found = known.get(id);
  if (found !== undefined) return found;
  const made = find();
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(id, made);
  return made;
}

function openIndex(file: string): DatabaseSync {
  const index = new DatabaseSync(file);
  index.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA cache_size = -32768;
    PRAGMA secure_delete = ON;
  `);
  const layout = Number(index.prepare('PRAGMA user_version').get()?.['user_version']);
  if (layout === LAYOUT) return index;
  index.exec(`
    DROP TABLE IF EXISTS words;
    DROP TABLE IF EXISTS progress;
    CREATE VIRTUAL TABLE words USING fts5(
      place, author, text,
      content = '', contentless_delete = 1, prefix = '${MIN_BEGINNING}', tokenize = '${TOKENIZE}'
    );
    -- Merged later, and never all at once: half the work, and no batch that a search has to wait long for.
    INSERT INTO words (words, rank) VALUES ('automerge', 16);
    INSERT INTO words (words, rank) VALUES ('crisismerge', 64);
    CREATE TABLE progress (
      indexed_up_to INTEGER NOT NULL,
      removed_up_to INTEGER NOT NULL,
      stale_since INTEGER
    ) STRICT;
    INSERT INTO progress VALUES (0, 0, NULL);
    PRAGMA user_version = ${LAYOUT};
  `);
  return index;
}
