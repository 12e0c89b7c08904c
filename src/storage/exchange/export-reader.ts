import { byMoment } from '../../domain/message-id.ts';
import type { DatabaseSync } from 'node:sqlite';
import { accountIdentity, peopleOf, type ConversationKey } from '../../domain/conversation.ts';
import type { Event } from '../../domain/event.ts';
import { nickKey } from '../../domain/nick.ts';
import type { RoomName } from '../../domain/room-name.ts';
import { AccountTable } from '../account-table.ts';
import type { Conversation } from '../conversation-table.ts';
import { openToRead } from '../copy-database.ts';
import { schemaVersion } from '../migrate.ts';
import { HappeningTable } from '../happening-table.ts';
import { MessageTable, sequenceOfEvent } from '../message-table.ts';
import { MetadataTable } from '../metadata-table.ts';
import { newestVersion } from '../migrations.ts';
import { PersonaTable } from '../persona-table.ts';
import { ServerBanTable } from '../server-ban-table.ts';
import { StayTable } from '../stay-table.ts';
import { StorageFault } from '../storage-fault.ts';
import { eventLine } from './event-line.ts';
import { FORMAT, FORMAT_VERSION, noCounts, type AccountLine, type ExportLine } from './export-format.ts';

/** Events that are read at once; more are never in memory. */
const BATCH = 500;

/** Reads a database line by line, while a server writes to it or not. What is said meanwhile may be in it or not. */
export class ExportReader {
  readonly #database: DatabaseSync;
  readonly #accounts: AccountTable;
  readonly #metadata: MetadataTable;
  readonly #serverBans: ServerBanTable;
  readonly #stays: StayTable;
  readonly #messages: MessageTable;
  readonly #happenings: HappeningTable;
  readonly #idSuffix: string;

  /** Throws a `StorageFault`. */
  constructor(file: string) {
    this.#database = openToRead(file);
    try {
      if (schemaVersion(this.#database) !== newestVersion) throw new StorageFault('STORAGE_OLDER');
      const row = this.#database.prepare("SELECT value FROM meta WHERE name = 'id-suffix'").get();
      this.#idSuffix = String(row?.['value']);
      const personas = new PersonaTable(this.#database);
      this.#accounts = new AccountTable(this.#database);
      this.#metadata = new MetadataTable(this.#database);
      this.#serverBans = new ServerBanTable(this.#database);
      this.#stays = new StayTable(this.#database);
      this.#messages = new MessageTable(this.#database, personas, this.#idSuffix);
      this.#happenings = new HappeningTable(this.#database, personas, this.#idSuffix);
    } catch (error) {
      this.#database.close();
      throw StorageFault.from(error);
    }
  }

  /** How many messages there are. */
  messageCount(): number {
    return Number(this.#database.prepare('SELECT count(*) AS count FROM messages').get()?.['count']);
  }

  /** Whether there is an account of that name. */
  hasAccount(name: string): boolean {
    return this.#accountCalled(name) !== undefined;
  }

  /** All lines, or those of one account: what it said and did, and its private conversations whole. */
  *lines(accountName?: string): Generator<ExportLine> {
    const only = accountName === undefined ? undefined : this.#accountCalled(accountName);
    const identity = only === undefined ? undefined : accountIdentity(only.id);
    const counts = noCounts();
    const header = { kind: 'header', format: FORMAT, version: FORMAT_VERSION, idSuffix: this.#idSuffix } as const;
    yield only === undefined ? header : { ...header, account: only.name };
    for (const line of this.#accountLines(only?.id)) {
      counts.accounts++;
      yield line;
    }
    for (const row of this.#database.prepare('SELECT * FROM rooms ORDER BY name').iterate()) {
      if (only !== undefined && row['founder'] !== only.id) continue;
      counts.rooms++;
      yield {
        kind: 'room',
        name: String(row['name']),
        title: String(row['title']),
        createdAt: Number(row['created_at']),
        founder: Number(row['founder']),
        registeredAt: Number(row['registered_at']),
        state: JSON.parse(String(row['state'])) as Readonly<Record<string, unknown>>,
        metadata: this.#metadata.exported(String(row['name']) as RoomName),
      };
    }
    for (const row of this.#database.prepare('SELECT * FROM read_markers ORDER BY reader, conversation').iterate()) {
      const reader = String(row['reader']);
      if (identity !== undefined && reader !== identity) continue;
      counts.readMarkers++;
      yield {
        kind: 'read-marker',
        reader,
        conversation: String(row['conversation']),
        readAt: Number(row['read_at']),
        movedAt: Number(row['moved_at']),
      };
    }
    for (const row of this.#database.prepare('SELECT * FROM seen_marks ORDER BY account, device').iterate()) {
      const account = String(row['account']);
      if (identity !== undefined && account !== identity) continue;
      counts.seenMarks++;
      yield { kind: 'seen-mark', account, device: String(row['device']), upTo: Number(row['up_to']) };
    }
    if (only === undefined) {
      for (const { kind: goesBy, ...ban } of this.#serverBans.all()) {
        counts.serverBans++;
        yield { kind: 'server-ban', goesBy, ...ban };
      }
    }
    for (const stay of this.#stays.all()) {
      if (only !== undefined && stay.account !== only.id) continue;
      counts.stays++;
      yield { kind: 'stay', ...stay };
    }
    if (only === undefined) {
      for (const room of this.#stays.allRooms()) {
        counts.stayRooms++;
        yield { kind: 'stay-room', ...room };
      }
    }
    for (const { conversation, ...state } of this.#conversations()) {
      const isOwn = identity === undefined || peopleOf(conversation.key)?.includes(identity) === true;
      let isBegun = false;
      for (const event of this.#events(conversation)) {
        if (!isOwn && event.by.identity !== identity) continue;
        if (!isBegun) {
          isBegun = true;
          counts.conversations++;
          const { key, title } = conversation;
          yield { kind: 'conversation', key, title, ...state };
        }
        if (event.kind === 'said' || event.kind === 'told') counts.messages++;
        else counts.happenings++;
        yield eventLine(event);
      }
    }
    yield { kind: 'end', ...counts };
  }

  close(): void {
    this.#database.close();
  }

  *#accountLines(only: number | undefined): Generator<AccountLine> {
    for (const account of this.#accounts.all()) {
      const { id, name, createdAt, lastSeenAt, settings, suspension, nicks, fingerprints, credentials } = account;
      if (only !== undefined && id !== only) continue;
      const line: AccountLine = {
        kind: 'account',
        id,
        name,
        createdAt,
        lastSeenAt,
        settings,
        suspension,
        nicks: [...nicks.values()],
        fingerprints: [...fingerprints],
        metadata: this.#metadata.exported(accountIdentity(id)),
      };
      yield only === undefined ? { ...line, credentials } : line;
    }
  }

  #accountCalled(name: string): { readonly id: number; readonly name: string } | undefined {
    const key = nickKey(name);
    for (const account of this.#accounts.all()) if (account.key === key) return account;
    return undefined;
  }

  /** Not in one query: as long as one runs, the server's write-ahead log cannot begin anew. */
  *#conversations(): Generator<{
    readonly conversation: Conversation;
    readonly isRestricted: boolean;
    readonly isClosed: boolean;
  }> {
    const next = this.#database.prepare(`SELECT * FROM conversations WHERE id > ? ORDER BY id LIMIT ${BATCH}`);
    for (let rows = next.all(0); rows.length > 0; rows = next.all(Number(rows.at(-1)?.['id']))) {
      for (const row of rows) {
        const key = String(row['key']) as ConversationKey;
        const conversation = { id: Number(row['id']), key, title: String(row['title']) };
        yield { conversation, isRestricted: row['is_restricted'] === 1, isClosed: row['is_closed'] === 1 };
      }
    }
  }

  /** What was said and what happened in a conversation, in order. */
  *#events(conversation: Conversation): Generator<Event> {
    const before = Number.MAX_SAFE_INTEGER;
    for (let after = 0; ;) {
      const batch = [
        ...this.#messages.read(conversation, { after, before, reader: undefined }, 'first', BATCH),
        ...this.#happenings.read(conversation, after, before, 'first', BATCH),
      ];
      if (batch.length === 0) return;
      // Of both there may be more, behind what was read of each: so only the first ones are in order.
      batch.sort(byMoment);
      yield* batch.slice(0, BATCH);
      after = sequenceOfEvent(batch[Math.min(batch.length, BATCH) - 1]!);
    }
  }
}
