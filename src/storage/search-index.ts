import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { SearchCursor, SearchPage, SearchQuery } from '../domain/search.ts';
import { MIN_BEGINNING, wishFor, type FtsWish } from './fts-wish.ts';
import { authorWord, personWord, placeWord } from './fts-words.ts';
import { TextMatcher } from './text-matcher.ts';

/** Messages that are taken into the index in one transaction. */
const BATCH = 2000;

/** As long as one message of so many is what is looked for, they are looked at one by one. */
const LOOKS_PER_FOUND = 4;

/** The latest messages that have several words, of which those come first that have them next to each other. */
const STRETCH = 200;

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
  /** How many messages are a stretch of a search for several words. */
  static readonly stretch = STRETCH;
  readonly #index: DatabaseSync;
  readonly #messages: DatabaseSync;
  readonly #newMessages: StatementSync;
  readonly #selectPeople: StatementSync;
  readonly #selectAuthor: StatementSync;
  /** The words of conversations and of authors, by their ids. Neither ever changes. */
  readonly #places = new Map<number, string>();
  readonly #authors = new Map<number, string>();
  readonly #removals: StatementSync;
  readonly #openConversation: StatementSync;
  readonly #conversationOf: StatementSync;
  readonly #textOf: StatementSync;
  readonly #matching: StatementSync;
  readonly #matcher = new TextMatcher(TOKENIZE);
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
    this.#selectPeople = this.#messages.prepare('SELECT one, other FROM conversations WHERE id = ?');
    this.#selectAuthor = this.#messages.prepare('SELECT name, account FROM personas WHERE id = ?');
    this.#removals = this.#messages.prepare(
      `SELECT id, sequence FROM removals WHERE id > ? ORDER BY id LIMIT ${BATCH}`,
    );
    this.#openConversation = this.#messages.prepare('SELECT id FROM conversations WHERE key = ? AND is_closed = 0');
    this.#conversationOf = this.#messages.prepare('SELECT conversation FROM messages WHERE sequence = ?');
    this.#textOf = this.#messages.prepare('SELECT text FROM messages WHERE sequence = ?');
    this.#matching = this.#index.prepare(
      'SELECT rowid FROM words WHERE words MATCH ? AND rowid > ? AND rowid < ? ORDER BY rowid DESC LIMIT ?',
    );
    this.#insert = this.#index.prepare('INSERT INTO words (rowid, place, author, text) VALUES (?, ?, ?, ?)');
    this.#delete = this.#index.prepare('DELETE FROM words WHERE rowid = ?');
    this.#setProgress = this.#index.prepare(
      'UPDATE progress SET indexed_up_to = ?, removed_up_to = ?, stale_since = ?',
    );
    this.#merge = this.#index.prepare("INSERT INTO words (words, rank) VALUES ('merge', ?)");
    this.#setPurged = this.#index.prepare('UPDATE progress SET stale_since = NULL');
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

  find(query: SearchQuery): Omit<SearchPage, 'isBehind'> {
    // One transaction for all that is looked up: each would have its own, and whoever writes has to wait for a moment in
    // which nobody begins one, to begin theirs.
    this.#messages.exec('BEGIN');
    try {
      return this.#find(query);
    } finally {
      this.#messages.exec('ROLLBACK');
    }
  }

  close(): void {
    this.#index.close();
    this.#messages.close();
    this.#matcher.close();
  }

  #find(query: SearchQuery): Omit<SearchPage, 'isBehind'> {
    const scope = this.#scope(query);
    const wish = wishFor(query);
    if (scope === undefined || wish === undefined) return { found: [], next: undefined };
    if (wish.phrase !== undefined) return this.#inStretches(wish, wish.phrase, scope, query);
    const { after, before, limit, cursor } = query;
    const found = this.#select(wish, scope, { after, before: cursor?.before ?? before, limit: limit + 1 });
    if (found.length <= limit) return { found, next: undefined };
    found.pop();
    return { found, next: { before: found.at(-1) ?? 0, stretch: undefined } };
  }

  /**
   * Looks for several words. To look through all of the history for those that are next to each other, and then for
   * the others, would take more than twice as long as to find the latest that have all of them.
   */
  #inStretches(wish: FtsWish, phrase: string, scope: Scope, query: SearchQuery): Omit<SearchPage, 'isBehind'> {
    const { after, before, limit } = query;
    const found: number[] = [];
    let cursor: SearchCursor = query.cursor ?? { before, stretch: undefined };
    for (;;) {
      const stretch = this.#stretch(wish, scope, after, cursor);
      const left = this.#phraseFirst(stretch.members, phrase).filter((member) => isAfter(member, cursor));
      const page = left.slice(0, limit - found.length);
      found.push(...page.map(({ sequence }) => sequence));
      const last = page.at(-1);
      if (last !== undefined && page.length < left.length) {
        const ends = { after: stretch.after, before: stretch.before, isPhrase: last.isPhrase };
        return { found, next: { before: last.sequence, stretch: ends } };
      }
      if (stretch.after === after) return { found, next: undefined };
      cursor = { before: stretch.after + 1, stretch: undefined };
      if (found.length === limit) return { found, next: cursor };
    }
  }

  /** The stretch that a page goes on with. The last one goes as far back as the search does. */
  #stretch(wish: FtsWish, scope: Scope, after: number, { before, stretch }: SearchCursor): Stretch {
    // Its ends are kept while it is paged through, whatever is said and deleted meanwhile.
    if (stretch !== undefined) {
      return { ...stretch, members: this.#select(wish, scope, { ...stretch, limit: STRETCH }) };
    }
    const members = this.#select(wish, scope, { after, before, limit: STRETCH + 1 });
    const isLast = members.length <= STRETCH;
    if (!isLast) members.pop();
    const [first = before - 1] = members;
    return { after: isLast ? after : members.at(-1)! - 1, before: first + 1, members };
  }

  #phraseFirst(members: readonly number[], phrase: string): Member[] {
    const phrases = this.#matcher.matching(this.#textsOf(members), phrase);
    const marked = members.map((sequence, at) => ({ sequence, isPhrase: phrases.has(at) }));
    return [...marked.filter(({ isPhrase }) => isPhrase), ...marked.filter(({ isPhrase }) => !isPhrase)];
  }

  /** Of a message that is gone already there is none. */
  #textsOf(sequences: readonly number[]): string[] {
    return sequences.map((sequence) => String(this.#textOf.get(sequence)?.['text'] ?? ''));
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

  /**
   * The latest messages in some places that match. A list of all that was said in many places is long, and so is one of
   * all words that begin with some letters, whatever else is looked for; so the latest that may be among them are looked
   * at one by one, and the lists only if few of those are.
   */
  #select({ match, wide }: FtsWish, scope: Scope, { after, before, limit }: Span): number[] {
    const found: number[] = [];
    const inPlaces = (what: string): string => `place : (${scope.places.join(' OR ')}) AND (${what})`;
    const nearly = wide?.match ?? match;
    const waysToLook = [
      ...(scope.places.length === 1 ? [] : [{ toLookAt: nearly, isThere: false }]),
      ...(wide === undefined ? [] : [{ toLookAt: inPlaces(nearly), isThere: true }]),
    ];
    let upTo = before;
    for (const { toLookAt, isThere } of waysToLook) {
      let looks = 0;
      let fits = 0;
      for (const some of inParts(this.#latest(toLookAt, after, upTo, limit * LOOKS_PER_FOUND), limit)) {
        const there = isThere ? some : some.filter((sequence) => this.#isIn(scope, sequence));
        const fitting = wide === undefined ? there : this.#withText(there, wide.text);
        found.push(...fitting);
        if (found.length >= limit) return found.slice(0, limit);
        // That was the last part: there are no more.
        if (some.length < limit) return found;
        upTo = some.at(-1)!;
        looks += some.length;
        fits += fitting.length;
        if (looks > fits * LOOKS_PER_FOUND) break;
      }
    }
    return [...found, ...this.#latest(inPlaces(match), after, upTo, limit - found.length)];
  }

  #withText(sequences: readonly number[], match: string): number[] {
    const matching = this.#matcher.matching(this.#textsOf(sequences), match);
    return sequences.filter((_, at) => matching.has(at));
  }

  /** The latest messages of a span that match, both of whose ends are left out. */
  *#latest(match: string, after: number, before: number, limit: number): Generator<number> {
    // FTS5 goes to an end at once only if it is an integer, and numbers of JavaScript are bound as floating point.
    const ends = [BigInt(after), BigInt(before)] as const;
    for (const { rowid } of this.#matching.iterate(match, ...ends, limit)) yield Number(rowid);
  }

  #isIn({ conversations, person }: Scope, sequence: number): boolean {
    const row = this.#conversationOf.get(sequence);
    if (row === undefined) return false;
    const conversation = Number(row['conversation']);
    return conversations.has(conversation) || (person !== undefined && this.#placeOf(conversation).includes(person));
  }

  /** Where it is looked; undefined for nowhere. */
  #scope({ rooms, person, with: other }: SearchQuery): Scope | undefined {
    const word = person === undefined ? undefined : personWord(person);
    if (word !== undefined && other !== undefined) {
      return { places: [`(${word} AND ${personWord(other)})`], conversations: new Set(), person: word };
    }
    const conversations = new Set<number>();
    for (const key of rooms) {
      const row = this.#openConversation.get(key);
      if (row !== undefined) conversations.add(Number(row['id']));
    }
    const places = [...[...conversations].map(placeWord), ...(word === undefined ? [] : [word])];
    return places.length === 0 ? undefined : { places, conversations, person: word };
  }
}

/** Where it is looked. */
interface Scope {
  /** As the index has them. */
  readonly places: readonly string[];
  readonly conversations: ReadonlySet<number>;
  /** The word of whoever's private conversations are looked through. */
  readonly person: string | undefined;
}

/** The latest messages between two sequence numbers, both of which are left out. */
type Span = Pick<SearchQuery, 'after' | 'before' | 'limit'>;

/** The latest messages, before some other, that have all words, and between which sequence numbers they are. */
interface Stretch extends Omit<Span, 'limit'> {
  readonly members: readonly number[];
}

interface Member {
  readonly sequence: number;
  /** Whether the words are next to each other. */
  readonly isPhrase: boolean;
}

/** Whether a message of a stretch comes after what pages had before. */
function isAfter({ sequence, isPhrase }: Member, { before, stretch }: SearchCursor): boolean {
  if (stretch === undefined || stretch.isPhrase === isPhrase) return sequence < before;
  return stretch.isPhrase;
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

/** A list in parts of so many, made as they are asked for. The last one is shorter, or empty. */
function* inParts<Item>(items: Iterable<Item>, size: number): Generator<Item[]> {
  let part: Item[] = [];
  for (const item of items) {
    part.push(item);
    if (part.length < size) continue;
    yield part;
    part = [];
  }
  yield part;
}
