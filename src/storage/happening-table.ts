import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type {
  Annotated,
  Disconnected,
  Event,
  Joined,
  Kicked,
  ModesSet,
  Parted,
  Redacted,
  Renamed,
  RoomRenamed,
  TopicSet,
} from '../domain/event.ts';
import { repliedTo } from '../domain/reaction.ts';
import { messageId, sequenceOf, timeOf } from '../domain/message-id.ts';
import type { ModeChange } from '../domain/mode-change.ts';
import type { Role } from '../domain/role.ts';
import type { ParsedRoomName, RoomName } from '../domain/room-name.ts';
import type { Topic } from '../domain/room.ts';
import type { Conversation } from './conversation-table.ts';
import { sequenceOfEvent } from './message-table.ts';
import type { PersonaTable } from './persona-table.ts';

/**
 * What happens besides speaking, as far as it is kept: in a room, but for reactions and what is taken back, which are in any
 * conversation.
 */
export type Happening =
  | Annotated
  | Disconnected
  | Joined
  | Kicked
  | ModesSet
  | Parted
  | Redacted
  | Renamed
  | RoomRenamed
  | TopicSet;

type Row = Readonly<Record<string, SQLOutputValue>>;

/** Who came and went, who reacted, and what was changed, for clients that want to see it in history. */
export class HappeningTable {
  readonly #personas: PersonaTable;
  readonly #suffix: string;
  readonly #insert: StatementSync;
  readonly #first: StatementSync;
  readonly #last: StatementSync;
  readonly #delete: StatementSync;
  readonly #deleteAbout: StatementSync;

  constructor(database: DatabaseSync, personas: PersonaTable, suffix: string) {
    this.#personas = personas;
    this.#suffix = suffix;
    this.#insert = database.prepare(
      // One action may do several things in a room at one moment; of those the first stands for all.
      'INSERT OR IGNORE INTO happenings (conversation, sequence, kind, actor, facts, about) VALUES (?, ?, ?, ?, ?, ?)',
    );
    const inSpan = 'SELECT * FROM happenings WHERE conversation = ? AND sequence > ? AND sequence < ?';
    this.#first = database.prepare(`${inSpan} ORDER BY sequence LIMIT ?`);
    this.#last = database.prepare(`${inSpan} ORDER BY sequence DESC LIMIT ?`);
    this.#delete = database.prepare('DELETE FROM happenings WHERE conversation = ? AND sequence = ?');
    this.#deleteAbout = database.prepare('DELETE FROM happenings WHERE about = ? AND conversation = ?');
  }

  insert(conversation: Conversation, event: Happening): void {
    const facts = JSON.stringify(this.#facts(event));
    const actor = this.#personas.idOf(event.by);
    const about = event.kind === 'annotated' ? sequenceOf(repliedTo(event.annotations) ?? '') : undefined;
    this.#insert.run(conversation.id, sequenceOfEvent(event), event.kind, actor, facts, about ?? null);
  }

  /** The first or last happenings of a span, both of whose ends are left out; the oldest first. */
  read(conversation: Conversation, after: number, before: number, end: 'first' | 'last', limit: number): Event[] {
    const rows = (end === 'first' ? this.#first : this.#last).all(conversation.id, after, before, limit);
    const events = rows.map((row) => this.#event(row, conversation));
    return end === 'first' ? events : events.toReversed();
  }

  /** Takes away one happening, for good. */
  delete(conversation: Conversation, sequence: number): void {
    this.#delete.run(conversation.id, sequence);
  }

  /** Takes away the reactions to a message, for good. */
  deleteAbout(conversation: Conversation, message: number): void {
    this.#deleteAbout.run(message, conversation.id);
  }

  #facts(event: Happening): unknown {
    switch (event.kind) {
      case 'annotated':
        return {
          annotations: [...event.annotations],
          ...('session' in event.to ? { recipient: this.#personas.idOf(event.to) } : {}),
        };
      case 'disconnected':
      case 'parted':
        return { reason: event.reason };
      case 'joined':
        return { roles: event.roles };
      case 'kicked':
        return { whom: this.#personas.idOf(event.whom), reason: event.reason };
      case 'modes-set':
        return { changes: event.changes };
      case 'redacted':
        return {
          message: sequenceOfEvent(event.message),
          ...('session' in event.to ? { recipient: this.#personas.idOf(event.to) } : {}),
          reason: event.reason,
        };
      case 'renamed':
        return { from: this.#personas.idOf(event.from) };
      case 'room-renamed':
        return { oldName: event.oldName, newName: event.newName, reason: event.reason };
      case 'topic-set':
        return { topic: event.topic };
    }
  }

  #event(row: Row, { key, title }: Conversation): Happening {
    const sequence = Number(row['sequence']);
    const room = key as string as RoomName;
    const common = {
      audience: { kind: 'rooms', rooms: [room] } as const,
      by: this.#personas.at(Number(row['actor'])),
      id: messageId(sequence, this.#suffix),
      at: timeOf(sequence),
    };
    const facts = JSON.parse(String(row['facts'])) as Facts;
    const kind = String(row['kind']) as Happening['kind'];
    switch (kind) {
      case 'annotated': {
        const annotations = new Map(facts.annotations);
        const { recipient } = facts;
        const reaction = { ...common, kind, annotations, isKept: true, atLeast: undefined } as const;
        if (recipient === undefined) return { ...reaction, to: { room, title } };
        return { ...reaction, audience: { kind: 'sessions', sessions: [] }, to: this.#personas.at(recipient) };
      }
      case 'disconnected':
        return { kind, ...common, rooms: [room], reason: facts.reason };
      case 'joined':
        return { kind, ...common, room, title, roles: facts.roles, away: undefined };
      case 'kicked':
        return { kind, ...common, room, title, whom: this.#personas.at(facts.whom), reason: facts.reason };
      case 'modes-set':
        return { kind, ...common, room, title, changes: facts.changes, refusals: [] };
      case 'parted':
        return { kind, ...common, room, title, reason: facts.reason };
      case 'redacted': {
        const { recipient, reason } = facts;
        const message = { kind: 'gone', id: messageId(facts.message, this.#suffix) } as const;
        if (recipient === undefined) return { ...common, kind, to: { room, title }, message, reason };
        const audience = { kind: 'sessions', sessions: [] } as const;
        return { ...common, kind, audience, to: this.#personas.at(recipient), message, reason };
      }
      case 'renamed':
        return { kind, ...common, from: this.#personas.at(facts.from) };
      case 'room-renamed': {
        const { oldName, newName, reason } = facts;
        return { kind, ...common, room, title, oldName, newName, reason };
      }
      case 'topic-set':
        return { kind, ...common, room, title, topic: facts.topic };
    }
  }
}

/** What is kept of a happening; each kind has those that it needs. */
interface Facts {
  readonly annotations: readonly (readonly [name: string, value: string])[];
  readonly recipient?: number;
  readonly reason: string;
  readonly roles: readonly Role[];
  readonly whom: number;
  readonly message: number;
  readonly from: number;
  readonly changes: readonly ModeChange[];
  readonly topic: Topic | undefined;
  readonly oldName: ParsedRoomName;
  readonly newName: ParsedRoomName;
}
