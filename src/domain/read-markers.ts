import type { ConversationKey, Identity } from './conversation.ts';

/** Conversations that the server remembers of one person how far they have read. */
const MAX_MARKERS = 500;

/** How far people have read their conversations. A marker only ever goes forward. */
export class ReadMarkers {
  readonly #byReader = new Map<Identity, Map<ConversationKey, number>>();

  /** The time of the last thing that somebody has read in a conversation, in milliseconds since 1970. */
  get(reader: Identity, conversation: ConversationKey): number | undefined {
    return this.#byReader.get(reader)?.get(conversation);
  }

  /** Notes how far somebody has read. Gives the conversation that is forgotten for it, if they have too many. */
  set(reader: Identity, conversation: ConversationKey, at: number): ConversationKey | undefined {
    let markers = this.#byReader.get(reader);
    if (markers === undefined) this.#byReader.set(reader, (markers = new Map()));
    // The one that was moved longest ago is the first.
    markers.delete(conversation);
    markers.set(conversation, at);
    const [oldest] = markers.keys();
    if (markers.size <= MAX_MARKERS || oldest === undefined) return undefined;
    markers.delete(oldest);
    return oldest;
  }

  /** A conversation is found by another key from now on; whatever was noted under that one was of another. */
  move(from: ConversationKey, to: ConversationKey): void {
    for (const markers of this.#byReader.values()) {
      const at = markers.get(from);
      markers.delete(to);
      if (at === undefined) continue;
      markers.delete(from);
      markers.set(to, at);
    }
  }

  forget(reader: Identity): void {
    this.#byReader.delete(reader);
  }
}
