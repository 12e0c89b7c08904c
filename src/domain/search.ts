import type { ConversationKey, Identity } from './conversation.ts';
import type { Said, Told } from './event.ts';

/** What is looked for, and where whoever asks may look: in these rooms, and in what they and others told each other. */
export interface SearchQuery {
  /** All of these, each a word or several that follow each other; a last "*" stands for any ending. */
  readonly words: readonly string[];
  /** The nick, or account, of who said it, in any spelling. */
  readonly from: string | undefined;
  readonly rooms: readonly ConversationKey[];
  /** Whoever asks, where private conversations are looked through as well. */
  readonly person: Identity | undefined;
  /** Only in what that person and this one told each other. */
  readonly with: Identity | undefined;
  /** Sequence numbers, both left out. */
  readonly after: number;
  readonly before: number;
  readonly limit: number;
  /** Where the page before ended; undefined for the first one. */
  readonly cursor?: SearchCursor | undefined;
}

/**
 * Where a page ended. The latest that have what is looked for come first. Several words are looked for in stretches: of
 * the latest few hundred messages that have all of them, those come first that have them next to each other, the latest
 * before the others, and then all the rest, likewise; then comes the next stretch, of what was said before.
 *
 * With a cursor nothing is found twice and nothing left out, whatever is said or deleted between two pages.
 */
export interface SearchCursor {
  /** What comes next has lower sequence numbers. */
  readonly before: number;
  /** The stretch that the page ended in; undefined where none is begun. */
  readonly stretch: SearchStretch | undefined;
}

export interface SearchStretch {
  /** Sequence numbers, both left out. */
  readonly after: number;
  readonly before: number;
  /** Whether there may be more of it with the words next to each other. */
  readonly isPhrase: boolean;
}

export interface SearchPage {
  /** The best first. */
  readonly found: readonly (Said | Told)[];
  /** The version of the history when these were in it. */
  readonly historyVersion: number;
  /** Where the next page begins; undefined when this is the last one. */
  readonly next: SearchCursor | undefined;
  /** Whether the index has not come to the latest messages yet, as after it was made anew. */
  readonly isBehind: boolean;
}

export type SearchProblem = 'busy' | 'unavailable';

/** Looks for words in all that was said. Works beside the chat, not in its way. */
export interface Search {
  find(query: SearchQuery): Promise<SearchPage | SearchProblem>;
}
