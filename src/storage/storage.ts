import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Chat } from '../domain/chat.ts';
import type { ConversationKey, Identity } from '../domain/conversation.ts';
import type { Event, Said, Told } from '../domain/event.ts';
import type { Correspondence, History, HistoryRead, HistorySpan } from '../domain/history.ts';
import type { KeptEvent } from '../domain/keeping.ts';
import { baseThirtyTwo } from '../domain/message-id.ts';
import { Checkpointer } from './checkpointer.ts';
import { BUSY_MS, OPENING_BUSY_MS, openDatabase, type Sync } from './database.ts';
import { EventKeeper } from './event-keeper.ts';
import type { MessageRow } from './message-table.ts';
import { PersonaSweep } from './persona-sweep.ts';
import { Pruning, type Retention } from './pruning.ts';
import { ReadAhead } from './read-ahead.ts';
import { readEvents } from './read-events.ts';
import { searchFileIn } from './search-files.ts';
import { StorageFault } from './storage-fault.ts';
import { openTables, type Tables } from './tables.ts';

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

/** Told of what goes wrong on other threads. */
interface BackgroundFaults {
  readonly checkpoint: (fault: StorageFault) => void;
  readonly readAhead: (error: unknown) => void;
}

/** Everything that is kept, in one SQLite database that nobody else writes to. */
export class Storage implements History {
  readonly #database: DatabaseSync;
  readonly #tables: Tables;
  readonly #keeper: EventKeeper;
  readonly #pruning: Pruning;
  readonly #personaSweep: PersonaSweep;
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  #checkpointer: Checkpointer | undefined;
  #readAhead: ReadAhead | undefined;
  readonly file: string;
  #version = 0;
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
      this.#tables = openTables(this.#database, this.idSuffix);
      this.#keeper = new EventKeeper(this.#tables, (at) => this.#removed(at));
      this.#pruning = new Pruning(this.#database);
      this.#personaSweep = new PersonaSweep(this.#database, this.#tables.personas);
      this.#begin = this.#database.prepare('BEGIN IMMEDIATE');
      this.#commit = this.#database.prepare('COMMIT');
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
    return this.#tables.messages.highest();
  }

  get version(): number {
    return this.#version;
  }

  settledVersion(): number {
    return this.#version;
  }

  /** Puts what was kept into a chat that has just been made. */
  restore(chat: Chat): void {
    for (const account of this.#tables.accounts.all()) chat.addAccount(account);
    // What belongs to an account that is gone is never another's.
    chat.nextAccountId = Math.max(chat.nextAccountId, this.#tables.personas.highestAccount() + 1);
    this.#tables.rooms.restore(chat);
    this.#tables.readMarkers.restore(chat);
    this.#tables.metadata.restore(chat);
    this.#tables.seenMarks.restore(chat);
    this.#tables.serverBans.restore(chat, Date.now());
    this.#tables.stays.restore(chat, Date.now());
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
    this.#inTransaction(() => this.#keeper.keep(events, chat));
  }

  /** Keeps what could not be kept when it happened; who stays on is written as they are now, for much may have changed. */
  catchUp(events: readonly KeptEvent[], chat: Chat): void {
    this.#inTransaction(() => this.#keeper.catchUp(events, chat));
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

  /**
   * From now on a thread of its own keeps the write-ahead log short, and another one reads ahead when it has to be waited
   * for the disk. A database in memory needs neither.
   */
  startBackground(failed: BackgroundFaults): void {
    if (this.file === ':memory:') return;
    this.#readAhead = new ReadAhead(this.file, this.idSuffix, failed.readAhead);
    this.#checkpointer = new Checkpointer(this.file, { catchUp: () => this.#checkpoint(), failed: failed.checkpoint });
  }

  /** Empties the log, in which what was deleted still is; false when others read from it. */
  async emptyLog(): Promise<boolean> {
    if (this.#checkpointer !== undefined) return this.#checkpointer.empty();
    return this.#database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 0;
  }

  /** Ends those threads. To be called before `close`. */
  async endBackground(): Promise<void> {
    await this.#readAhead?.close();
    await this.#checkpointer?.close();
    this.#readAhead = undefined;
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

  read(span: HistorySpan, end: 'first' | 'last', limit: number): Event[] {
    const begun = performance.now();
    const events = readEvents(this.#tables, span, end, limit);
    this.#readAhead?.took(performance.now() - begun, events.length);
    return events;
  }

  prepare(reads: readonly HistoryRead[]): Promise<void> | undefined {
    return this.#readAhead?.prepare(reads);
  }

  correspondences(
    of: Identity,
    { after, before }: { readonly after: number; readonly before: number },
    end: 'first' | 'last',
    limit: number,
  ): Correspondence[] {
    const found: Correspondence[] = [];
    for (const { id, key, other } of this.#tables.conversations.with(of)) {
      const latest = this.#tables.messages.latest(id, before);
      if (latest !== undefined && latest > after) found.push({ conversation: key, other, latest });
    }
    found.sort((a, b) => a.latest - b.latest);
    return end === 'first' ? found.slice(0, limit) : found.slice(-limit);
  }

  lately(who: Identity, limit: number): Said[] {
    return this.#tables.messages.lately(who, limit, (id) => this.#tables.conversations.at(id));
  }

  at(sequence: number): Said | Told | undefined {
    return this.#tables.messages.at(sequence, (id) => this.#tables.conversations.at(id));
  }

  /** What was said, as another thread has read it. */
  messageOf(row: MessageRow): Said | Told | undefined {
    return this.#tables.messages.messageOf(row, (id) => this.#tables.conversations.at(id));
  }

  /**
   * Takes away what is no longer to be kept, a small step each time that it is asked to go on: whoever is to be erased
   * first. Only one of these may be under way. Throws a `StorageFault`.
   * @param at milliseconds since 1970.
   */
  *pruning(retention: Retention, at: number): Generator<PruningStep, undefined> {
    try {
      for (const who of this.#tables.erasing.pending()) {
        for (const rows of this.#tables.erasing.steps(who)) {
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

  /** Something that was kept is gone, and perhaps the last thing that tells of somebody. */
  #removed(at: number): void {
    this.#version++;
    this.#personaSweep.note(at);
    this.#checkpointer?.wrote();
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
    this.#tables.personas.forget();
    this.#tables.stays.forget();
    this.#tables.conversations.forget();
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
