import type { ConversationKey, Identity } from './conversation.ts';
import type { Event, Said, Told } from './event.ts';

/** Of somebody who is erased, those who may still see it are told of so many messages, the last ones. */
export const MAX_TOLD_ERASED = 100;

/** A span of one conversation. Sequence numbers are those of message ids; both ends are left out. */
export interface HistorySpan {
  readonly conversation: ConversationKey;
  readonly after?: number | undefined;
  readonly before?: number | undefined;
  /** Who reads, if it is not the server itself. */
  readonly reader?: Reader | undefined;
  /** Whether who came and went, and the like, is wanted besides what was said. */
  readonly includes: 'messages' | 'everything';
}

/** What is going to be read: as of `History.read`. */
export interface HistoryRead {
  readonly span: HistorySpan;
  readonly end: 'first' | 'last';
  readonly limit: number;
}

/** Of what was said to those of some role, somebody reads what they would be told now, and what they said themselves. */
export interface Reader {
  readonly identity: Identity | undefined;
  /** As of `rankIn`. */
  readonly rank: number;
}

/** One of somebody's private conversations. */
export interface Correspondence {
  readonly conversation: ConversationKey;
  readonly other: Identity;
  /** The sequence number of the last thing said in it, within the span that was asked for. */
  readonly latest: number;
}

/** What was said, to read from. Everything that has happened so far is in it. */
export interface History {
  /** Changes whenever something that was kept is taken away. */
  readonly version: number;
  /** The version once everything that has happened so far is durable, which it may not be yet. */
  settledVersion(): number;
  /**
   * The first or the last `limit` events of a span, the oldest first. They are as they were then; what has been taken
   * back is not among them.
   */
  read(span: HistorySpan, end: 'first' | 'last', limit: number): readonly Event[];
  /**
   * Gets at hand what is going to be read, so that nobody has to wait for the disk meanwhile; settles when it is. Undefined
   * when it can be read at once.
   */
  prepare(reads: readonly HistoryRead[]): Promise<void> | undefined;
  /**
   * The first or the last `limit` private conversations with something said in a span of time, both of whose ends are
   * left out; those longest ago first.
   */
  correspondences(
    of: Identity,
    span: { readonly after: number; readonly before: number },
    end: 'first' | 'last',
    limit: number,
  ): readonly Correspondence[];
  /** What was said with a sequence number; undefined when there is no such thing, or no longer. */
  at(sequence: number): Said | Told | undefined;
  /** What somebody said in rooms, the latest first; of what all have said, only the last part is looked through. */
  lately(who: Identity, limit: number): readonly Said[];
  /** The name that somebody last had in a conversation; undefined when nothing is left of it. */
  nameIn(conversation: ConversationKey, who: Identity): string | undefined;
}
