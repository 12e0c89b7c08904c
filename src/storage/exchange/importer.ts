import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Account } from '../../domain/account.ts';
import {
  accountIdentity,
  isAccountIdentity,
  peopleOf,
  privateConversation,
  visitIdentity,
  type ConversationKey,
  type Identity,
} from '../../domain/conversation.ts';
import type { Event, Said, Told } from '../../domain/event.ts';
import { messageId, sequenceOf } from '../../domain/message-id.ts';
import { nickKey, type NickKey } from '../../domain/nick.ts';
import type { RoomName } from '../../domain/room-name.ts';
import type { Persona } from '../../domain/session.ts';
import { AccountTable } from '../account-table.ts';
import { ConversationTable, type Conversation } from '../conversation-table.ts';
import { openDatabase } from '../database.ts';
import { HappeningTable, type Happening } from '../happening-table.ts';
import { MessageTable } from '../message-table.ts';
import { PersonaTable } from '../persona-table.ts';
import { noCounts, type Counts, type PersonFacts } from './export-format.ts';
import { parseLine, type LineOf, type ParsedLine } from './import-lines.ts';
import { personaOf } from './persona-of.ts';

/** Lines that are taken in in one transaction. */
const BATCH = 1000;
/** People that are kept in memory. */
const MAX_PEOPLE = 10_000;

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
  readonly #accounts: AccountTable;
  readonly #conversations: ConversationTable;
  readonly #personas: PersonaTable;
  #messages: MessageTable | undefined;
  #happenings: HappeningTable | undefined;
  readonly #messageAt: StatementSync;
  readonly #happeningAt: StatementSync;
  readonly #happeningIn: StatementSync;
  /** Whether nothing had been said or done when it began. */
  readonly #wasEmpty: boolean;
  readonly #added = noCounts();
  readonly #known = noCounts();
  /** Accounts that are there, by their nicks. */
  readonly #owners = new Map<NickKey, number>();
  readonly #ids = new Set<number>();
  /** The accounts of the export, by its numbers, with ours. */
  readonly #ours = new Map<number, number>();
  readonly #people = new Map<string, Persona>();
  #nextId = 1;
  #suffix = '';
  #isSameServer = false;
  #place: Place | undefined;
  #line = 0;
  #isWhole = false;

  /** @param isDry whether nothing is to be changed. Throws a `StorageFault`. */
  constructor(file: string, isDry: boolean) {
    this.#database = openDatabase(file, 'process');
    this.#isDry = isDry;
    this.#accounts = new AccountTable(this.#database);
    this.#conversations = new ConversationTable(this.#database);
    this.#personas = new PersonaTable(this.#database);
    this.#messageAt = this.#database.prepare(
      `SELECT m.conversation, c.key, m.text, p.name FROM messages m
       JOIN conversations c ON c.id = m.conversation JOIN personas p ON p.id = m.sender WHERE m.sequence = ?`,
    );
    this.#happeningAt = this.#database.prepare('SELECT 1 FROM happenings WHERE conversation = ? AND sequence = ?');
    this.#happeningIn = this.#database.prepare(
      `SELECT c.id FROM conversations c JOIN happenings h ON h.conversation = c.id
       WHERE c.key = ? AND h.sequence = ? LIMIT 1`,
    );
    this.#wasEmpty = this.#database.prepare('SELECT 1 FROM personas LIMIT 1').get() === undefined;
    for (const { id, nicks } of this.#accounts.all()) {
      this.#ids.add(id);
      for (const nick of nicks.keys()) this.#owners.set(nick, id);
    }
    const identities = this.#database.prepare(
      "SELECT DISTINCT identity FROM personas WHERE identity >= 'a' AND identity < 'b'",
    );
    const used = identities.all().map((row) => Number(String(row['identity']).slice(1)));
    this.#nextId = Math.max(0, ...this.#ids, ...used) + 1;
    this.#database.exec('BEGIN IMMEDIATE');
  }

  /** Takes in one line. Throws an `ImportFault`, and then what was taken in before stays. */
  take(text: string): void {
    this.#line++;
    const line = this.#parsed(text);
    switch (line.kind) {
      case 'header':
        this.#begin(line);
        break;
      case 'account':
        this.#account(line);
        break;
      case 'room':
        this.#room(line);
        break;
      case 'read-marker':
        this.#readMarker(line);
        break;
      case 'conversation':
        this.#place = this.#placeOf(line);
        break;
      case 'end':
        this.#isWhole = true;
        break;
      case 'said':
      case 'told':
        this.#message(line);
        break;
      default:
        this.#happening(line);
    }
    if (this.#line % BATCH === 0) this.#commit();
  }

  /** Whether the last line of the export has been taken in. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** Keeps what was taken in, and tells what it was. */
  finish(): Imported {
    this.#end();
    if (!this.#isDry) this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return { added: this.#added, known: this.#known };
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
    if (this.#place !== undefined) this.#place.conversation = undefined;
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
    const own = this.#database.prepare("SELECT value FROM meta WHERE name = 'id-suffix'").get()?.['value'];
    const isEmpty =
      this.#ids.size === 0 && this.#database.prepare('SELECT 1 FROM personas LIMIT 1').get() === undefined;
    if (own === undefined || isEmpty) {
      this.#database.prepare("INSERT OR REPLACE INTO meta (name, value) VALUES ('id-suffix', ?)").run(idSuffix);
    }
    this.#isSameServer = own === undefined || isEmpty || own === idSuffix;
    this.#suffix = idSuffix;
    this.#messages = new MessageTable(this.#database, this.#personas, idSuffix);
    this.#happenings = new HappeningTable(this.#database, this.#personas, idSuffix);
  }

  #account(line: LineOf<'account'>): void {
    const { name, createdAt, lastSeenAt, settings, suspension, credentials, fingerprints } = line;
    const key = nickKey(name);
    const there = this.#owners.get(key) ?? (this.#isSameServer && this.#ids.has(line.id) ? line.id : undefined);
    if (there !== undefined) {
      this.#ours.set(line.id, there);
      this.#known.accounts++;
      return;
    }
    const id = this.#isSameServer ? line.id : this.#nextId;
    this.#nextId = Math.max(this.#nextId, id) + 1;
    const free = line.nicks.filter((nick) => !this.#owners.has(nickKey(nick)));
    const account: Account = {
      id,
      name,
      key,
      createdAt,
      lastSeenAt,
      credentials,
      suspension,
      settings,
      nicks: new Map([...free, name].map((nick) => [nickKey(nick), nick])),
      fingerprints: new Set(fingerprints),
    };
    this.#accounts.put(account);
    this.#ids.add(id);
    this.#ours.set(line.id, id);
    for (const nick of account.nicks.keys()) this.#owners.set(nick, id);
    this.#added.accounts++;
  }

  #room({ name, title, createdAt, founder, registeredAt, state }: LineOf<'room'>): void {
    const access = state.access.flatMap(([id, role]) => {
      const ours = this.#ours.get(id);
      return ours === undefined ? [] : [[ours, role]];
    });
    const { changes } = this.#database
      .prepare(
        'INSERT OR IGNORE INTO rooms (name, title, created_at, founder, registered_at, state) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(name, title, createdAt, this.#ours.get(founder) ?? 0, registeredAt, JSON.stringify({ ...state, access }));
    this.#count('rooms', changes === 1);
  }

  #readMarker({ reader, conversation, readAt, movedAt }: LineOf<'read-marker'>): void {
    const { changes } = this.#database
      .prepare(
        `INSERT INTO read_markers (reader, conversation, read_at, moved_at) VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET read_at = excluded.read_at, moved_at = excluded.moved_at
         WHERE excluded.read_at > read_at`,
      )
      .run(this.#identity(reader), this.#key(conversation), readAt, movedAt);
    this.#count('readMarkers', changes === 1);
  }

  #placeOf({ key, title, isRestricted, isClosed }: LineOf<'conversation'>): Place {
    return { key: this.#key(key), title, isRestricted, isClosed, conversation: undefined, isCounted: false };
  }

  /** Where the lines after the last conversation's belong: where one of them is already, or a new place. */
  #here(sequence: number): Conversation {
    const place = this.#currentPlace();
    if (place.conversation !== undefined) return place.conversation;
    const { key, title, isRestricted, isClosed } = place;
    const found = this.#holderOf(key, sequence) ?? (isClosed ? undefined : this.#conversations.find(key)?.id);
    if (!place.isCounted) this.#count('conversations', found === undefined);
    place.isCounted = true;
    if (found !== undefined) place.conversation = { id: found, key, title };
    else if (isClosed) place.conversation = this.#conversations.addClosed(key, title);
    else {
      place.conversation = this.#conversations.open(key, title);
      if (isRestricted) this.#conversations.setRestricted(key, true);
    }
    return place.conversation;
  }

  /** The conversation of a name, open or closed, that has something of a moment in it. */
  #holderOf(key: ConversationKey, sequence: number): number | undefined {
    const message = this.#messageAt.get(sequence);
    if (message?.['key'] === key) return Number(message['conversation']);
    if (this.#wasEmpty) return undefined;
    const row = this.#happeningIn.get(key, sequence);
    return row === undefined ? undefined : Number(row['id']);
  }

  #currentPlace(): Place {
    if (this.#place === undefined) throw new ImportFault(`line ${this.#line} belongs to no conversation`);
    return this.#place;
  }

  /** A message keeps its moment. Where another one has it, it gets the next that is free, which is found again. */
  #message(line: LineOf<'said' | 'told'>): void {
    const { key } = this.#currentPlace();
    let sequence = this.#sequence(line.id);
    let there = this.#messageAt.get(sequence);
    const isSame = (): boolean =>
      there?.['text'] === line.text && there['name'] === line.by.name && there['key'] === key;
    while (there !== undefined && !isSame()) there = this.#messageAt.get(++sequence);
    const here = this.#here(sequence);
    this.#count('messages', there === undefined);
    if (there !== undefined) return;
    this.#messages?.insert(here, this.#event({ ...line, id: messageId(sequence, this.#suffix) }) as Said | Told);
  }

  #happening(line: LineOf<Happening['kind']>): void {
    const sequence = this.#sequence(line.id);
    const here = this.#here(sequence);
    const isThere = this.#happeningAt.get(here.id, sequence) !== undefined;
    if (!isThere) this.#happenings?.insert(here, this.#event(line) as Happening);
    this.#count('happenings', !isThere);
  }

  /** A line as the event that it was, as far as it is kept. */
  #event(line: LineOf<'said' | 'told' | Happening['kind']>): Event {
    const { key, title } = this.#currentPlace();
    const room = key as string as RoomName;
    const people = ['by', 'to', 'whom', 'from'].flatMap((name) => {
      const facts: unknown = Reflect.get(line, name);
      return facts === undefined ? [] : [[name, this.#person(facts as PersonFacts)] as const];
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
      annotations: new Map(Object.entries(annotations ?? {})),
    } as unknown as Event;
  }

  #person(facts: PersonFacts): Persona {
    const text = JSON.stringify(facts);
    const known = this.#people.get(text);
    if (known !== undefined) return known;
    if (this.#people.size >= MAX_PEOPLE) this.#people.clear();
    const persona = personaOf(facts, this.#identity(facts.identity));
    this.#people.set(text, persona);
    return persona;
  }

  /** Who somebody of the export is here. Accounts that are in it no longer are nobody of ours. */
  #identity(theirs: string): Identity {
    if (this.#isSameServer || !isAccountIdentity(theirs as Identity)) return theirs as Identity;
    const ours = this.#ours.get(Number(theirs.slice(1)));
    return ours === undefined ? visitIdentity(`${this.#suffix}${theirs}`) : accountIdentity(ours);
  }

  #key(theirs: string): ConversationKey {
    const people = peopleOf(theirs as ConversationKey);
    if (people === undefined) return theirs as ConversationKey;
    return privateConversation(this.#identity(people[0]), this.#identity(people[1]));
  }

  #sequence(id: string): number {
    const sequence = sequenceOf(id);
    if (sequence === undefined) throw new ImportFault(`line ${this.#line} has no id of ours`);
    return sequence;
  }

  #count(kind: keyof Counts, isNew: boolean): void {
    if (isNew) this.#added[kind]++;
    else this.#known[kind]++;
  }
}

/** The conversation that the lines are in. */
interface Place {
  readonly key: ConversationKey;
  readonly title: string;
  readonly isRestricted: boolean;
  readonly isClosed: boolean;
  conversation: Conversation | undefined;
  isCounted: boolean;
}
