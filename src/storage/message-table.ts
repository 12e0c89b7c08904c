import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { Identity } from '../domain/conversation.ts';
import type { Annotations, Manner, Said, Told } from '../domain/event.ts';
import type { Reader } from '../domain/history.ts';
import { messageId, sequenceOf, timeOf } from '../domain/message-id.ts';
import { ROLES } from '../domain/role.ts';
import type { RoomName } from '../domain/room-name.ts';
import { NO_ANNOTATIONS } from '../domain/speech.ts';
import type { Conversation } from './conversation-table.ts';
import type { PersonaTable } from './persona-table.ts';

/** Manners by the number that is kept; the order never changes. */
const MANNERS: readonly Manner[] = ['speech', 'deed', 'notice', 'query', 'query-answer'];

/** A message as the database has it. */
export type MessageRow = Readonly<Record<string, SQLOutputValue>>;

/** The SQL for one message, whole: its sequence number. */
export const MESSAGE_AT = 'SELECT * FROM messages WHERE sequence = ?';

interface MessageSpan {
  readonly after: number;
  readonly before: number;
  readonly reader: Reader | undefined;
}

type ConversationAt = (id: number) => Conversation | undefined;

/** Messages that are looked through for what somebody said last. */
const MAX_LOOKED_THROUGH = 10_000;

/** Somebody who may read everything, and has said none of it. */
const EVERYTHING = { identity: undefined, rank: ROLES.length } as const;

/** The SQL for the first or the last messages of a span: conversation, both ends, rank and identity of the reader, limit. */
export function spanQuery(end: 'first' | 'last'): string {
  return `
    SELECT * FROM messages WHERE conversation = ? AND sequence > ? AND sequence < ?
      AND (at_least IS NULL OR at_least <= ? OR sender IN (SELECT id FROM personas WHERE identity = ?))
      ORDER BY sequence ${end === 'first' ? 'ASC' : 'DESC'} LIMIT ?`;
}

/** What was said. */
export class MessageTable {
  readonly #personas: PersonaTable;
  readonly #suffix: string;
  readonly #insert: StatementSync;
  readonly #first: StatementSync;
  readonly #last: StatementSync;
  readonly #at: StatementSync;
  readonly #latest: StatementSync;
  readonly #highest: StatementSync;
  readonly #lately: StatementSync;
  readonly #delete: StatementSync;
  readonly #noteRemoval: StatementSync;

  /** @param suffix what ids end with. */
  constructor(database: DatabaseSync, personas: PersonaTable, suffix: string) {
    this.#personas = personas;
    this.#suffix = suffix;
    this.#insert = database.prepare(
      `INSERT INTO messages (sequence, conversation, sender, recipient, manner, at_least, text, annotations)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#first = database.prepare(spanQuery('first'));
    this.#last = database.prepare(spanQuery('last'));
    this.#at = database.prepare(MESSAGE_AT);
    this.#latest = database.prepare(
      'SELECT max(sequence) AS sequence FROM messages WHERE conversation = ? AND sequence < ?',
    );
    this.#highest = database.prepare('SELECT max(sequence) AS sequence FROM messages');
    this.#lately = database.prepare(
      `SELECT * FROM (SELECT * FROM messages ORDER BY sequence DESC LIMIT ${MAX_LOOKED_THROUGH})
       WHERE recipient IS NULL AND sender IN (SELECT id FROM personas WHERE identity = ?) ORDER BY sequence DESC LIMIT ?`,
    );
    this.#delete = database.prepare('DELETE FROM messages WHERE sequence = ?');
    this.#noteRemoval = database.prepare('INSERT INTO removals (sequence) VALUES (?)');
  }

  insert(conversation: Conversation, event: Said | Told): void {
    this.#insert.run(
      sequenceOfEvent(event),
      conversation.id,
      this.#personas.idOf(event.by),
      event.kind === 'told' ? this.#personas.idOf(event.to) : null,
      MANNERS.indexOf(event.manner),
      roleNeeded(event),
      event.text,
      event.annotations.size === 0 ? null : JSON.stringify([...event.annotations]),
    );
  }

  /** The first or last messages of a span, both of whose ends are left out; the oldest first. */
  read(
    conversation: Conversation,
    { after, before, reader = EVERYTHING }: MessageSpan,
    end: 'first' | 'last',
    limit: number,
  ): Event[] {
    const query = end === 'first' ? this.#first : this.#last;
    const rows = query.all(conversation.id, after, before, reader.rank, reader.identity ?? null, limit);
    const events = rows.map((row) => this.#event(row, conversation));
    return end === 'first' ? events : events.toReversed();
  }

  /** One message, and where it was said. */
  at(sequence: number, conversationAt: ConversationAt): Event | undefined {
    const row = this.#at.get(sequence);
    return row === undefined ? undefined : this.messageOf(row, conversationAt);
  }

  /** A message that was read by somebody else. */
  messageOf(row: MessageRow, conversationAt: ConversationAt): Event | undefined {
    const conversation = conversationAt(Number(row['conversation']));
    return conversation === undefined ? undefined : this.#event(row, conversation);
  }

  /** Takes a message away, and notes that it is gone for whoever has copied it. */
  delete(sequence: number): void {
    const { changes } = this.#delete.run(sequence);
    if (changes > 0) this.#noteRemoval.run(sequence);
  }

  /** The sequence number of the last message of a conversation before another. */
  latest(conversationId: number, before: number): number | undefined {
    return numberOrNone(this.#latest.get(conversationId, before));
  }

  /** What somebody said in rooms, the latest first, as far as it is among the last of all messages. */
  lately(who: Identity, limit: number, conversationAt: ConversationAt): Said[] {
    return this.#lately.all(who, limit).flatMap((row) => {
      const event = this.messageOf(row, conversationAt);
      return event?.kind === 'said' ? [event] : [];
    });
  }

  /** The highest sequence number that there is. */
  highest(): number {
    return numberOrNone(this.#highest.get()) ?? 0;
  }

  #event(row: MessageRow, { key, title }: Conversation): Said | Told {
    const sequence = Number(row['sequence']);
    const annotations: Annotations =
      row['annotations'] === null
        ? NO_ANNOTATIONS
        : new Map(JSON.parse(String(row['annotations'])) as [string, string][]);
    const common = {
      by: this.#personas.at(Number(row['sender'])),
      id: messageId(sequence, this.#suffix),
      at: timeOf(sequence),
      manner: MANNERS[Number(row['manner'])] ?? 'speech',
      text: String(row['text']),
      annotations,
      isKept: true,
    };
    if (row['recipient'] !== null) {
      const audience = { kind: 'sessions', sessions: [] } as const;
      return { kind: 'told', audience, to: this.#personas.at(Number(row['recipient'])), ...common };
    }
    const room = key as string as RoomName;
    const atLeast = row['at_least'] === null ? undefined : ROLES[Number(row['at_least'])];
    return { kind: 'said', audience: { kind: 'rooms', rooms: [room] }, room, title, atLeast, ...common };
  }
}

type Event = Said | Told;

/** The number of the role that it took to be told, if it took one. */
function roleNeeded({ audience }: Event): number | null {
  return audience.kind === 'rooms' && audience.atLeast !== undefined ? ROLES.indexOf(audience.atLeast) : null;
}

/** The sequence number of an event, which its id tells. */
export function sequenceOfEvent({ id }: { readonly id: string }): number {
  const sequence = sequenceOf(id);
  if (sequence === undefined) throw new RangeError(`not a message id: ${id}`);
  return sequence;
}

function numberOrNone(row: MessageRow | undefined): number | undefined {
  const value = row?.['sequence'];
  return value === null || value === undefined ? undefined : Number(value);
}
