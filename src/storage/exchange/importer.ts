import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { peopleOf } from '../../domain/conversation.ts';
import type { Annotations, Event, Said, Told } from '../../domain/event.ts';
import { messageId, sequenceOf, timeOf } from '../../domain/message-id.ts';
import { repliedTo } from '../../domain/reaction.ts';
import type { RoomName } from '../../domain/room-name.ts';
import { ConversationTable } from '../conversation-table.ts';
import { openToRead } from '../copy-database.ts';
import { openDatabase } from '../database.ts';
import { schemaVersion } from '../migrate.ts';
import { HappeningTable, type Happening } from '../happening-table.ts';
import { MessageTable } from '../message-table.ts';
import { newestVersion } from '../migrations.ts';
import { PersonaTable } from '../persona-table.ts';
import { StorageFault } from '../storage-fault.ts';
import { noCounts, type Counts, type PersonFacts } from './export-format.ts';
import { parseLine, type LineOf, type ParsedLine } from './import-lines.ts';
import { ImportedPeople } from './imported-people.ts';
import { ImportedPlaces } from './imported-places.ts';
import { ImportedState } from './imported-state.ts';

/** Lines that are taken in in one transaction. */
const BATCH = 1000;
/** How far ahead of ours the clock of the other server may have been. What is said here is later than all that is kept. */
const MAX_AHEAD_MS = 86_400_000;

/** A line that is none of an export. Says where. */
export class ImportFault extends Error {
  override readonly name = 'ImportFault';
}

/** What an import has done. */
export interface Imported {
  readonly added: Counts;
  /** What was there already. */
  readonly known: Counts;
}

/**
 * Takes the lines of an export into a database that no server serves. What is there already is left as it is, so that the
 * same export can be taken in again. An account with the name of one that is there is taken to be that one.
 */
export class Importer {
  readonly #database: DatabaseSync;
  readonly #isDry: boolean;
  readonly #conversations: ConversationTable;
  readonly #personas: PersonaTable;
  readonly #state: ImportedState;
  #messages: MessageTable | undefined;
  #happenings: HappeningTable | undefined;
  readonly #messageAt: StatementSync;
  readonly #added = noCounts();
  readonly #known = noCounts();
  readonly #who: ImportedPeople;
  readonly #places: ImportedPlaces;
  /** What ids end with, in the export and here. */
  #suffix = '';
  #ownSuffix = '';
  #line = 0;
  #isWhole = false;

  /** @param isDry whether nothing is to be changed. Throws a `StorageFault`. */
  constructor(file: string, isDry: boolean) {
    if (isDry && file !== ':memory:') assertNewest(file);
    this.#database = openDatabase(file, 'process');
    this.#isDry = isDry;
    this.#conversations = new ConversationTable(this.#database);
    this.#personas = new PersonaTable(this.#database);
    this.#who = new ImportedPeople(this.#database, this.#personas);
    this.#state = new ImportedState(this.#database, this.#who, (kind, isNew) => this.#count(kind, isNew));
    this.#places = new ImportedPlaces(this.#database, this.#conversations, this.#who, (isNew) =>
      this.#count('conversations', isNew),
    );
    this.#messageAt = this.#database.prepare(
      `SELECT c.key, m.text, p.name FROM messages m
       JOIN conversations c ON c.id = m.conversation JOIN personas p ON p.id = m.sender WHERE m.sequence = ?`,
    );
    this.#database.exec('BEGIN IMMEDIATE');
  }

  /** Takes in one line. Throws an `ImportFault` when it is wrong; what came before may be kept all the same. */
  take(text: string): void {
    this.#line++;
    const line = this.#parsed(text);
    switch (line.kind) {
      case 'header':
        this.#begin(line);
        break;
      case 'account':
        this.#count('accounts', this.#who.account(line));
        break;
      case 'room':
        this.#state.room(line);
        break;
      case 'read-marker':
        this.#state.readMarker(line);
        break;
      case 'seen-mark':
        this.#state.seenMark(line);
        break;
      case 'server-ban':
        this.#state.serverBan(line);
        break;
      case 'stay':
        this.#state.stay(line);
        break;
      case 'stay-room':
        this.#state.stayRoom(line);
        break;
      case 'conversation':
        this.#places.enter(line);
        break;
      case 'end':
        this.#isWhole = true;
        break;
      case 'said':
      case 'told':
        this.#message(line);
        break;
      case 'annotated':
      case 'disconnected':
      case 'joined':
      case 'kicked':
      case 'modes-set':
      case 'parted':
      case 'redacted':
      case 'renamed':
      case 'room-renamed':
      case 'topic-set':
        this.#happening(line);
    }
    if (this.#line % BATCH === 0) this.#commit();
  }

  /** Whether the last line of the export has been taken in. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** What has been taken in. */
  get imported(): Imported {
    return { added: this.#added, known: this.#known };
  }

  /** Keeps what was taken in. */
  finish(): void {
    this.#end();
    if (!this.#isDry) this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  close(): void {
    this.#database.close();
  }

  #commit(): void {
    this.#end();
    this.#database.exec('BEGIN IMMEDIATE');
  }

  #end(): void {
    this.#database.exec(this.#isDry ? 'ROLLBACK' : 'COMMIT');
    if (!this.#isDry) return;
    this.#personas.forget();
    this.#conversations.forget();
    this.#places.forget();
  }

  #parsed(text: string): ParsedLine {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw new ImportFault(`line ${this.#line} is no JSON`);
    }
    const parsed = parseLine(value);
    if (!parsed.ok) throw new ImportFault(`line ${this.#line} is no line of an export (${parsed.error})`);
    if ((parsed.value.kind === 'header') !== (this.#line === 1)) {
      throw new ImportFault(`line ${this.#line} ${this.#line === 1 ? 'is no header' : 'begins another export'}`);
    }
    return parsed.value;
  }

  /** An empty database takes over the ids, so that they stay what clients know. */
  #begin({ idSuffix }: LineOf<'header'>): void {
    const row = this.#database.prepare("SELECT value FROM meta WHERE name = 'id-suffix'").get();
    const takesOver = row === undefined || this.#isEmpty();
    if (takesOver) {
      this.#database.prepare("INSERT OR REPLACE INTO meta (name, value) VALUES ('id-suffix', ?)").run(idSuffix);
    }
    this.#suffix = idSuffix;
    this.#ownSuffix = takesOver ? idSuffix : String(row['value']);
    this.#who.begin(idSuffix, this.#ownSuffix === idSuffix);
    this.#messages = new MessageTable(this.#database, this.#personas, idSuffix);
    this.#happenings = new HappeningTable(this.#database, this.#personas, idSuffix);
  }

  #isEmpty(): boolean {
    const row = this.#database.prepare(
      'SELECT EXISTS (SELECT 1 FROM accounts) OR EXISTS (SELECT 1 FROM personas) AS is_used',
    );
    return row.get()?.['is_used'] === 0;
  }

  /** What is between two people is in a conversation of theirs, all else in one of a room. */
  #assertPlaced(isPrivate: boolean): void {
    if ((peopleOf(this.#place.key) !== undefined) === isPrivate) return;
    throw new ImportFault(`line ${this.#line} cannot be of its conversation`);
  }

  /** The conversation that the lines are in. */
  get #place(): NonNullable<ImportedPlaces['current']> {
    const { current } = this.#places;
    if (current === undefined) throw new ImportFault(`line ${this.#line} belongs to no conversation`);
    return current;
  }

  /** A message keeps its moment. Where another one has it, it gets the next that is free, which is found again. */
  #message(line: LineOf<'said' | 'told'>): void {
    const { key } = this.#place;
    this.#assertPlaced(line.kind === 'told');
    let sequence = this.#sequence(line.id);
    let there = this.#messageAt.get(sequence);
    const isSame = (): boolean =>
      there?.['text'] === line.text && there['name'] === line.by.name && there['key'] === key;
    while (there !== undefined && !isSame()) there = this.#messageAt.get(++sequence);
    const here = this.#places.conversationFor(sequence);
    this.#count('messages', there === undefined);
    if (there !== undefined) return;
    this.#messages?.insert(here, this.#event({ ...line, id: messageId(sequence, this.#suffix) }) as Said | Told);
  }

  #happening(line: LineOf<Happening['kind']>): void {
    this.#assertPlaced((line.kind === 'annotated' || line.kind === 'redacted') && line.to !== undefined);
    const sequence = this.#sequence(line.id);
    const here = this.#places.conversationFor(sequence);
    const isThere = this.#places.hasHappening(here, sequence);
    if (!isThere) this.#happenings?.insert(here, this.#event(line) as Happening);
    this.#count('happenings', !isThere);
  }

  /** A line as the event that it was, as far as it is kept. */
  #event(line: LineOf<'said' | 'told' | Happening['kind']>): Event {
    const { key, title } = this.#place;
    const room = key as string as RoomName;
    const people = ['by', 'to', 'whom', 'from'].flatMap((name) => {
      const facts: unknown = Reflect.get(line, name);
      return facts === undefined ? [] : [[name, this.#who.person(facts as PersonFacts)] as const];
    });
    const { annotations, ...rest } = line as { annotations?: Record<string, string>; atLeast?: string };
    const rooms = { kind: 'rooms', rooms: [room], ...(rest.atLeast === undefined ? {} : { atLeast: rest.atLeast }) };
    return {
      reason: '',
      roles: [],
      changes: [],
      to: { room, title },
      room,
      title,
      audience: rooms,
      ...rest,
      ...Object.fromEntries(people),
      annotations: this.#annotations(annotations ?? {}),
    } as unknown as Event;
  }

  /** Whatever was replied or reacted to has an id of ours here. */
  #annotations(theirs: Readonly<Record<string, string>>): Annotations {
    const annotations = new Map(Object.entries(theirs));
    const about = this.#suffix === this.#ownSuffix ? undefined : repliedTo(annotations);
    const sequence = about?.endsWith(this.#suffix) === true ? sequenceOf(about) : undefined;
    if (sequence === undefined) return annotations;
    const ours = messageId(sequence, this.#ownSuffix);
    return new Map([...annotations].map(([name, value]) => [name, value === about ? ours : value]));
  }

  #sequence(id: string): number {
    const sequence = sequenceOf(id);
    if (sequence === undefined) throw new ImportFault(`line ${this.#line} has no id of ours`);
    if (timeOf(sequence) > Date.now() + MAX_AHEAD_MS) throw new ImportFault(`line ${this.#line} is of the future`);
    return sequence;
  }

  #count(kind: keyof Counts, isNew: boolean): void {
    if (isNew) this.#added[kind]++;
    else this.#known[kind]++;
  }
}

/** Opening a database to write to it brings it up to date. */
function assertNewest(file: string): void {
  const database = openToRead(file);
  const version = schemaVersion(database);
  database.close();
  if (version !== newestVersion) throw new StorageFault('STORAGE_OLDER');
}
