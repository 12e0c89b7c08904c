import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Chat } from '../domain/chat.ts';
import {
  accountIdentity,
  privateConversation,
  roomConversation,
  type ConversationKey,
  type Identity,
} from '../domain/conversation.ts';
import type { Annotated, Event, Redacted, RoomClosed, RoomRenamed, Said, Told } from '../domain/event.ts';
import type { KeptEvent } from '../domain/keeping.ts';
import type { Correspondence, History, HistorySpan } from '../domain/history.ts';
import { nickKey } from '../domain/nick.ts';
import { baseThirtyTwo } from '../domain/message-id.ts';
import type { RoomName } from '../domain/room-name.ts';
import { isRestricted } from '../domain/room.ts';
import { AccountTable } from './account-table.ts';
import { Checkpointer } from './checkpointer.ts';
import { ConversationTable, type Conversation } from './conversation-table.ts';
import { BUSY_MS, OPENING_BUSY_MS, openDatabase, type Sync } from './database.ts';
import { Erasing } from './erasing.ts';
import { HappeningTable, type Happening } from './happening-table.ts';
import { MessageTable, sequenceOfEvent } from './message-table.ts';
import { PersonaSweep } from './persona-sweep.ts';
import { Pruning, type Retention } from './pruning.ts';
import { ReadMarkerTable } from './read-marker-table.ts';
import { RoomTable } from './room-table.ts';
import { MetadataTable } from './metadata-table.ts';
import { PersonaTable } from './persona-table.ts';
import { searchFileIn } from './search-files.ts';
import { SeenMarkTable } from './seen-mark-table.ts';
import { ServerBanTable } from './server-ban-table.ts';
import { StayTable } from './stay-table.ts';
import { StorageFault } from './storage-fault.ts';

/** Digits that tell the ids of one server from those of another. */
const SUFFIX_DIGITS = 5;
const SECRET_BYTES = 32;
/** More than a turn's events mostly take: what a write needs room for is no longer a question when this much fits. */
const PROBE_BYTES = 64 * 1024;

/** What a step of `pruning` has done. */
export interface PruningStep {
  /** Set when it was a step towards erasing somebody. */
  readonly erased: Identity | undefined;
  /** How many messages, or other events, or people, it took away. */
  readonly rows: number;
}

/** Everything that is kept, in one SQLite database that nobody else writes to. */
export class Storage implements History {
  readonly #database: DatabaseSync;
  readonly #personas: PersonaTable;
  readonly #conversations: ConversationTable;
  readonly #messages: MessageTable;
  readonly #happenings: HappeningTable;
  readonly #accounts: AccountTable;
  readonly #rooms: RoomTable;
  readonly #readMarkers: ReadMarkerTable;
  readonly #seenMarks: SeenMarkTable;
  readonly #serverBans: ServerBanTable;
  readonly #metadata: MetadataTable;
  readonly #pruning: Pruning;
  readonly #personaSweep: PersonaSweep;
  readonly #erasing: Erasing;
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  #checkpointer: Checkpointer | undefined;
  readonly #stays: StayTable;
  readonly file: string;
  #version = 0;
  /** The rooms that were closed by what is being kept, by that and their names. */
  readonly #closings = new Map<string, RoomClosed>();
  /** What the ids of this server end with. */
  readonly idSuffix: string;
  /** Random bytes of this server's own, which nobody else knows. */
  readonly secret: Buffer;

  /** Opens the database of a file, and makes it if it is not there. Throws a `StorageFault`. */
  constructor(file: string, sync: Sync) {
    this.file = file;
    this.#database = openDatabase(file, sync);
    try {
      this.idSuffix = this.#remember('id-suffix', () =>
        baseThirtyTwo(randomBytes(4).readUInt32BE() % 32 ** SUFFIX_DIGITS, SUFFIX_DIGITS),
      );
      this.secret = Buffer.from(
        this.#remember('secret', () => randomBytes(SECRET_BYTES).toString('base64')),
        'base64',
      );
      this.#personas = new PersonaTable(this.#database);
      this.#conversations = new ConversationTable(this.#database);
      this.#messages = new MessageTable(this.#database, this.#personas, this.idSuffix);
      this.#happenings = new HappeningTable(this.#database, this.#personas, this.idSuffix);
      this.#accounts = new AccountTable(this.#database);
      this.#rooms = new RoomTable(this.#database);
      this.#readMarkers = new ReadMarkerTable(this.#database);
      this.#seenMarks = new SeenMarkTable(this.#database);
      this.#serverBans = new ServerBanTable(this.#database);
      this.#metadata = new MetadataTable(this.#database);
      this.#pruning = new Pruning(this.#database);
      this.#personaSweep = new PersonaSweep(this.#database, this.#personas);
      this.#erasing = new Erasing(this.#database, this.#personas, this.#conversations);
      this.#begin = this.#database.prepare('BEGIN IMMEDIATE');
      this.#commit = this.#database.prepare('COMMIT');
      this.#stays = new StayTable(this.#database);
    } catch (error) {
      this.#database.close();
      throw StorageFault.from(error);
    }
  }

  /** Where the index of words belongs; undefined for a database in memory, which nobody else can read. */
  get searchFile(): string | undefined {
    return this.file === ':memory:' ? undefined : searchFileIn(dirname(this.file));
  }

  get isOpen(): boolean {
    return this.#database.isOpen;
  }

  /** The highest sequence number of anything that is kept. */
  get lastSequence(): number {
    return this.#messages.highest();
  }

  get version(): number {
    return this.#version;
  }

  /** Puts what was kept into a chat that has just been made. */
  restore(chat: Chat): void {
    for (const account of this.#accounts.all()) chat.addAccount(account);
    // What belongs to an account that is gone is never another's.
    chat.nextAccountId = Math.max(chat.nextAccountId, this.#personas.highestAccount() + 1);
    this.#rooms.restore(chat);
    this.#readMarkers.restore(chat);
    this.#metadata.restore(chat);
    this.#seenMarks.restore(chat);
    this.#serverBans.restore(chat, Date.now());
    this.#stays.restore(chat, Date.now());
    // Whoever makes a room of that name now need not be one of those who could come in.
    this.#database
      .prepare(
        `UPDATE conversations SET is_closed = 1
         WHERE is_restricted = 1 AND is_closed = 0 AND key NOT IN (SELECT name FROM rooms)
         AND key NOT IN (SELECT name FROM stay_rooms)`,
      )
      .run();
  }

  /**
   * Keeps what is to be kept of some events, all of it or nothing: when this returns it is durable. Throws a
   * `StorageFault`, and then nothing of it is kept.
   */
  keep(events: readonly KeptEvent[], chat: Chat): void {
    this.#inTransaction(() => {
      this.#closings.clear();
      for (const event of events) {
        if (event.kind === 'room-closed') this.#closings.set(`${event.id} ${event.room}`, event);
      }
      for (const event of events) {
        this.#keepOne(event, chat);
        this.#stays.note(event, chat);
      }
      this.#stays.write(chat);
    });
  }

  /** Keeps what could not be kept when it happened; who stays on is written as they are now, for much may have changed. */
  catchUp(events: readonly KeptEvent[], chat: Chat): void {
    this.#inTransaction(() => {
      for (const event of events) this.#keepOne(event, chat);
      this.#stays.writeAll(chat);
    });
  }

  #inTransaction(write: () => void): void {
    try {
      this.#beginWriting();
      write();
      this.#commit.run();
    } catch (error) {
      this.#takeBack();
      throw StorageFault.from(error);
    }
    this.#checkpointer?.wrote();
  }

  /** Another program is hardly waited for; but what is said is not refused because the server itself tidies up. */
  #beginWriting(): void {
    try {
      this.#begin.run();
      return;
    } catch (error) {
      if (StorageFault.from(error).code !== 'STORAGE_BUSY' || this.#checkpointer?.mayLockOut !== true) throw error;
    }
    this.#database.exec(`PRAGMA busy_timeout = ${OPENING_BUSY_MS}`);
    try {
      this.#begin.run();
    } finally {
      this.#database.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    }
  }

  /** From now on a thread of its own keeps the write-ahead log short. A database in memory has none. */
  checkpointInBackground(failed: (fault: StorageFault) => void): void {
    if (this.file === ':memory:') return;
    this.#checkpointer = new Checkpointer(this.file, { catchUp: () => this.#checkpoint(), failed });
  }

  /** Empties the log, in which what was deleted still is; false when others read from it. */
  async emptyLog(): Promise<boolean> {
    if (this.#checkpointer !== undefined) return this.#checkpointer.empty();
    return this.#database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 0;
  }

  /** Ends that thread. To be called before `close`. */
  async endBackground(): Promise<void> {
    await this.#checkpointer?.close();
    this.#checkpointer = undefined;
  }

  /** Finds out whether the database can be written to. It takes as much room as what people say would. */
  probe(): boolean {
    // If the disk is full there may be room in the file for what is in the log, and then in the log.
    this.#checkpointer?.look(true);
    try {
      // Nobody is waiting for an answer.
      this.#database.exec('PRAGMA busy_timeout = 0');
      this.#begin.run();
      const put = this.#database.prepare("INSERT OR REPLACE INTO meta (name, value) VALUES ('probe', ?)");
      put.run('.'.repeat(PROBE_BYTES));
      this.#commit.run();
      put.run('');
      return true;
    } catch {
      this.#takeBack();
      return false;
    } finally {
      this.#database.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    }
  }

  read(
    { conversation: key, after = 0, before, reader, includes }: HistorySpan,
    end: 'first' | 'last',
    limit: number,
  ): Event[] {
    const conversation = this.#conversations.find(key);
    if (conversation === undefined) return [];
    const until = before ?? Number.MAX_SAFE_INTEGER;
    const messages = this.#messages.read(conversation, { after, before: until, reader }, end, limit);
    if (includes === 'messages') return messages;
    const all = [...messages, ...this.#happenings.read(conversation, after, until, end, limit)];
    // Ids sort as the moments do.
    all.sort((one, other) => (one.id < other.id ? -1 : 1));
    return end === 'first' ? all.slice(0, limit) : all.slice(-limit);
  }

  correspondences(
    of: Identity,
    { after, before }: { readonly after: number; readonly before: number },
    end: 'first' | 'last',
    limit: number,
  ): Correspondence[] {
    const found: Correspondence[] = [];
    for (const { id, key, other } of this.#conversations.with(of)) {
      const latest = this.#messages.latest(id, before);
      if (latest !== undefined && latest > after) found.push({ conversation: key, other, latest });
    }
    found.sort((a, b) => a.latest - b.latest);
    return end === 'first' ? found.slice(0, limit) : found.slice(-limit);
  }

  lately(who: Identity, limit: number): Said[] {
    return this.#messages.lately(who, limit, (id) => this.#conversations.at(id));
  }

  at(sequence: number): Said | Told | undefined {
    return this.#messages.at(sequence, (id) => this.#conversations.at(id));
  }

  /**
   * Takes away what is no longer to be kept, a small step each time that it is asked to go on: whoever is to be erased
   * first. Only one of these may be under way. Throws a `StorageFault`.
   * @param at milliseconds since 1970.
   */
  *pruning(retention: Retention, at: number): Generator<PruningStep, undefined> {
    try {
      for (const who of this.#erasing.pending()) {
        for (const rows of this.#erasing.steps(who)) {
          if (rows > 0) this.#removed(0);
          yield { erased: who, rows };
        }
        // Also when there was nothing: their own account may be the last thing that told of them.
        this.#removed(0);
      }
      for (const rows of this.#pruning.steps(retention, at)) {
        if (rows > 0) this.#removed(at);
        yield { erased: undefined, rows };
      }
      if (!this.#personaSweep.isDue(at)) return undefined;
      for (const rows of this.#personaSweep.steps()) yield { erased: undefined, rows };
    } catch (error) {
      throw StorageFault.from(error);
    }
  }

  /** Forgets what was noted of messages that are gone, up to one removal. */
  forgetRemovals(upTo: number): void {
    try {
      this.#database.prepare('DELETE FROM removals WHERE id <= ?').run(upTo);
    } catch (error) {
      throw StorageFault.from(error);
    }
  }

  nameIn(key: ConversationKey, who: Identity): string | undefined {
    const [last] = this.read({ conversation: key, includes: 'messages' }, 'last', 1);
    if (last?.kind !== 'told') return undefined;
    return last.to.identity === who ? last.to.name : last.by.name;
  }

  close(): void {
    this.#database.close();
  }

  #keepOne(event: KeptEvent, chat: Chat): void {
    switch (event.kind) {
      case 'said':
      case 'told':
        return this.#messages.insert(this.#conversationOf(event), event);
      case 'annotated':
        return this.#happenings.insert(this.#conversationOf(event), event);
      case 'redacted':
        return this.#remove(event);
      case 'joined':
      case 'parted':
      case 'kicked':
        return this.#keepHappening(event, event.room, chat);
      case 'topic-set':
        this.#rooms.put(chat.rooms.get(event.room));
        return this.#keepHappening(event, event.room, chat);
      case 'metadata-set':
        return this.#metadata.put(event.owner, chat.metadata.of(event.owner));
      case 'room-registered':
      case 'room-registration-changed':
        this.#metadata.put(event.room, chat.metadata.of(event.room));
        return this.#rooms.put(chat.rooms.get(event.room));
      case 'room-dropped':
        this.#metadata.delete(event.room);
        return this.#rooms.delete(event.room);
      case 'room-renamed':
        return this.#renameRoom(event, chat);
      case 'modes-set': {
        this.#keepHappening(event, event.room, chat);
        const room = chat.roomThen(event.room);
        this.#rooms.put(room);
        const isClosed = room !== undefined && isRestricted(room);
        return this.#conversations.setRestricted(roomConversation(event.room), isClosed);
      }
      case 'disconnected':
        for (const room of event.rooms) this.#keepHappening(event, room, chat);
        return this.#keepLastSeen(event, chat);
      case 'renamed':
        for (const room of chat.sessions.get(event.by.session)?.rooms.keys() ?? [])
          this.#keepHappening(event, room, chat);
        return undefined;
      case 'room-closed':
        if (event.wasRestricted) this.#conversations.close(roomConversation(event.room));
        return undefined;
      case 'logged-in': {
        const owner = accountIdentity(event.account.id);
        const said = chat.metadata.of(owner);
        if (said.size > 0) this.#metadata.put(owner, said);
        return this.#accounts.put(event.account);
      }
      case 'account-changed':
        return this.#accounts.put(event.account);
      case 'account-removed':
        this.#readMarkers.deleteOf(accountIdentity(event.account.id));
        this.#metadata.delete(accountIdentity(event.account.id));
        this.#seenMarks.deleteOf(accountIdentity(event.account.id));
        if (event.isErased) this.#erasing.note(accountIdentity(event.account.id));
        return this.#accounts.delete(event.account.id);
      case 'attended':
      case 'introduced':
      case 'unattended':
        return this.#keepLastSeen(event, chat);
      case 'away-set':
      case 'flags-set':
      case 'real-name-set':
        return undefined;
      case 'marked-read':
        return this.#readMarkers.put(event);
      case 'marked-seen':
        return this.#seenMarks.put(event);
      case 'server-banned':
        return this.#serverBans.put(event.ban);
      case 'server-ban-lifted':
        return this.#serverBans.delete(event.ban);
    }
  }

  /** What is kept of a room goes by its new name. */
  #renameRoom(event: RoomRenamed, chat: Chat): void {
    const { oldName, newName } = event;
    const [from, to] = [roomConversation(oldName.key), roomConversation(newName.key)];
    this.#conversations.rename(from, to, newName.title);
    if (from !== to) {
      this.#readMarkers.move(from, to);
      this.#rooms.delete(oldName.key);
      this.#metadata.delete(oldName.key);
    }
    if (chat.rooms.get(newName.key)?.registration !== undefined) {
      this.#metadata.put(newName.key, chat.metadata.of(newName.key));
    }
    for (const room of chat.rooms.values()) {
      if (room.name === newName.key || room.forward?.key === newName.key) this.#rooms.put(room);
    }
    this.#keepHappening(event, event.room, chat);
  }

  /**
   * Guests come and go in silence, in history too; so do those who do not want to be recorded, and so does whatever
   * happens in a room that keeps nothing.
   */
  #keepHappening(event: Happening, name: RoomName, chat: Chat): void {
    if (!event.by.isNamed || !chat.limits.keepsHistory) return;
    const { account } = event.by;
    if (account !== undefined && chat.accounts.get(nickKey(account))?.settings.isRecorded === false) return;
    // Whoever was the last one there has closed the room, and by now another one may have its name.
    const closed = this.#closings.get(`${event.id} ${name}`);
    const room = chat.roomThen(name);
    const isRecorded = closed?.wasRecorded ?? room?.flags.has('unrecorded') !== true;
    if (isRecorded) this.#happenings.insert(this.#room(name, closed?.title ?? room?.title ?? name), event);
  }

  /** Takes a message away for good, and the reactions to it, or a reaction. */
  #remove(event: Redacted): void {
    const { message, at } = event;
    if (message.kind === 'gone') return;
    const conversation = this.#conversationOf(message);
    const sequence = sequenceOfEvent(message);
    if (message.kind === 'annotated') this.#happenings.delete(conversation, sequence);
    else {
      this.#messages.delete(sequence);
      this.#happenings.deleteAbout(conversation, sequence);
    }
    // Whoever reads history later learns of it, unless they may not have known of the message.
    if (message.kind === 'told' || message.atLeast === undefined) this.#happenings.insert(conversation, event);
    this.#removed(at);
  }

  #keepLastSeen({ by }: Event, chat: Chat): void {
    const account = by.account === undefined ? undefined : chat.accounts.get(nickKey(by.account));
    if (account !== undefined) this.#accounts.put(account);
  }

  /** Something that was kept is gone, and perhaps the last thing that tells of somebody. */
  #removed(at: number): void {
    this.#version++;
    this.#personaSweep.note(at);
    this.#checkpointer?.wrote();
  }

  #conversationOf(event: Said | Told | Annotated): Conversation {
    const to = event.kind === 'said' ? event : event.to;
    if ('room' in to) return this.#room(to.room, to.title);
    return this.#conversations.open(privateConversation(event.by.identity, to.identity), '');
  }

  #room(name: RoomName, title: string): Conversation {
    return this.#conversations.open(roomConversation(name), title);
  }

  #checkpoint(): void {
    try {
      this.#database.exec('PRAGMA wal_checkpoint(PASSIVE)');
    } catch {
      // The thread will tell of it; what was committed stays in the log.
    }
  }

  #takeBack(): void {
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
    this.#personas.forget();
    this.#stays.forget();
    this.#conversations.forget();
  }

  /** A value that is made once in the life of a database. */
  #remember(name: string, make: () => string): string {
    const found = this.#database.prepare('SELECT value FROM meta WHERE name = ?').get(name);
    if (found !== undefined) return String(found['value']);
    const made = make();
    this.#database.prepare('INSERT INTO meta (name, value) VALUES (?, ?)').run(name, made);
    return made;
  }
}
