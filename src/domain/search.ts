import type { ConversationKey, Identity } from './conversation.ts';

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

/** Texts that have the words next to each other come first; of those and of the others, the latest come first. */
export interface SearchCursor {
  readonly isPhrase: boolean;
  readonly before: number;
}

export interface SearchPage {
  /** Sequence numbers of messages, the best first. */
  readonly found: readonly number[];
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
