import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SearchCursor, SearchPage, SearchQuery } from '../domain/search.ts';
import { wishFor, type FtsWish } from './fts-wish.ts';
import { personWord, placeWord } from './fts-words.ts';
import { TextMatcher } from './text-matcher.ts';
import { atOneMoment } from './together.ts';

/** As long as one message of so many is what is looked for, they are looked at one by one. */
const LOOKS_PER_FOUND = 4;

/** The latest messages that have several words, of which those come first that have them next to each other. */
const STRETCH = 200;

/** A page of what was found: the sequence numbers of messages, the best first, and where the next page begins. */
export interface Found extends Pick<SearchPage, 'next'> {
  readonly found: readonly number[];
}

/** What a search is made in. */
interface Searched {
  /** The index of words. */
  readonly index: DatabaseSync;
  readonly messages: DatabaseSync;
  /** How texts are cut into words. */
  readonly tokenize: string;
  /** What the index has as the place of a conversation. */
  readonly placeOf: (conversation: number) => string;
}

/** Finds messages in an index of words. */
export class SearchFinder {
  /** How many messages are a stretch of a search for several words. */
  static readonly stretch = STRETCH;
  readonly #messages: DatabaseSync;
  readonly #placeOf: (conversation: number) => string;
  readonly #openConversation: StatementSync;
  readonly #conversationOf: StatementSync;
  readonly #textOf: StatementSync;
  readonly #matching: StatementSync;
  readonly #matcher: TextMatcher;

  constructor({ index, messages, tokenize, placeOf }: Searched) {
    this.#messages = messages;
    this.#placeOf = placeOf;
    this.#openConversation = messages.prepare('SELECT id FROM conversations WHERE key = ? AND is_closed = 0');
    this.#conversationOf = messages.prepare('SELECT conversation FROM messages WHERE sequence = ?');
    this.#textOf = messages.prepare('SELECT text FROM messages WHERE sequence = ?');
    this.#matching = index.prepare(
      'SELECT rowid FROM words WHERE words MATCH ? AND rowid > ? AND rowid < ? ORDER BY rowid DESC LIMIT ?',
    );
    this.#matcher = new TextMatcher(tokenize);
  }

  find(query: SearchQuery): Found {
    return atOneMoment(this.#messages, () => this.#find(query));
  }

  close(): void {
    this.#matcher.close();
  }

  #find(query: SearchQuery): Found {
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
  #inStretches(wish: FtsWish, phrase: string, scope: Scope, query: SearchQuery): Found {
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
