import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ConversationKey } from '../../domain/conversation.ts';
import type { Conversation, ConversationTable } from '../conversation-table.ts';
import type { LineOf } from './import-lines.ts';
import type { ImportedPeople } from './imported-people.ts';

/** A conversation of an export, and what it is here, once something of it has been looked for. */
interface Place {
  readonly key: ConversationKey;
  readonly title: string;
  readonly isRestricted: boolean;
  readonly isClosed: boolean;
  conversation: Conversation | undefined;
  isCounted: boolean;
}

/** The conversations of an export, and what they are here. */
export class ImportedPlaces {
  readonly #conversations: ConversationTable;
  readonly #who: ImportedPeople;
  readonly #counted: (isNew: boolean) => void;
  readonly #messageAt: StatementSync;
  readonly #happeningAt: StatementSync;
  /** Conversations that were closed when the import began, by key. */
  readonly #closed = new Map<ConversationKey, number[]>();
  #place: Place | undefined;

  /** @param counted is told of each conversation once: whether it is new here. */
  constructor(
    database: DatabaseSync,
    conversations: ConversationTable,
    who: ImportedPeople,
    counted: (isNew: boolean) => void,
  ) {
    this.#conversations = conversations;
    this.#who = who;
    this.#counted = counted;
    this.#messageAt = database.prepare(
      'SELECT m.conversation, c.key FROM messages m JOIN conversations c ON c.id = m.conversation WHERE m.sequence = ?',
    );
    this.#happeningAt = database.prepare('SELECT 1 FROM happenings WHERE conversation = ? AND sequence = ?');
    for (const row of database.prepare('SELECT id, key FROM conversations WHERE is_closed = 1').iterate()) {
      const key = String(row['key']) as ConversationKey;
      this.#closed.set(key, [...(this.#closed.get(key) ?? []), Number(row['id'])]);
    }
  }

  /** What follows is of this conversation. */
  enter({ key, title, isRestricted, isClosed }: LineOf<'conversation'>): void {
    this.#place = { key: this.#who.key(key), title, isRestricted, isClosed, conversation: undefined, isCounted: false };
  }

  /** The conversation that the lines are in; undefined before the first. */
  get current(): Pick<Place, 'key' | 'title'> | undefined {
    return this.#place;
  }

  /** What was added has been taken back. */
  forget(): void {
    if (this.#place !== undefined) this.#place.conversation = undefined;
  }

  /** Where lines belong: where something of a moment is already, if that is here, or in a new conversation. */
  conversationFor(sequence: number): Conversation {
    const place = this.#place!;
    if (place.conversation !== undefined) return place.conversation;
    const { key, title, isRestricted, isClosed } = place;
    const found = this.#holderOf(key, sequence) ?? (isClosed ? undefined : this.#conversations.find(key)?.id);
    if (!place.isCounted) this.#counted(found === undefined);
    place.isCounted = true;
    if (found !== undefined) place.conversation = { id: found, key, title };
    else if (isClosed) place.conversation = this.#conversations.addClosed(key, title, isRestricted);
    else {
      place.conversation = this.#conversations.open(key, title);
      if (isRestricted) this.#conversations.setRestricted(key, true);
    }
    return place.conversation;
  }

  /** Whether what happened at a moment is in a conversation, or in another one of its name. */
  hasHappening({ id, key }: Conversation, sequence: number): boolean {
    return this.#happeningAt.get(id, sequence) !== undefined || this.#holderOfHappening(key, sequence) !== undefined;
  }

  /** The conversation of a name, open or closed, that has something of a moment in it. */
  #holderOf(key: ConversationKey, sequence: number): number | undefined {
    const message = this.#messageAt.get(sequence);
    return message?.['key'] === key ? Number(message['conversation']) : this.#holderOfHappening(key, sequence);
  }

  #holderOfHappening(key: ConversationKey, sequence: number): number | undefined {
    const open = this.#conversations.find(key);
    const all = [...(open === undefined ? [] : [open.id]), ...(this.#closed.get(key) ?? [])];
    return all.find((id) => this.#happeningAt.get(id, sequence) !== undefined);
  }
}
