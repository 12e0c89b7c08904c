import type { Settings } from '../config/settings.ts';
import type { ListenSpec } from '../config/listen-spec.ts';
import type { IrcOptions } from '../dialects/irc/options.ts';
import { RenderingStore } from '../dialects/irc/rendering-store.ts';
import { IrcSession } from '../dialects/irc/session.ts';
import { PlainSession, type PlainOptions } from '../dialects/plain/session.ts';
import { endOverdueStays } from '../domain/actions/end-overdue-stays.ts';
import type { Chat } from '../domain/chat.ts';
import type { Event } from '../domain/event.ts';
import { hasRole } from '../domain/room.ts';
import { sessionId } from '../domain/session.ts';
import { IrcFraming } from '../protocol/irc/framing.ts';
import { recognizeIrc } from '../protocol/irc/recognize.ts';
import { PlainFraming } from '../protocol/plain/framing.ts';
import { AddressSet } from '../transports/address.ts';
import type { Connection } from '../transports/connection.ts';
import { listen, type BoundAddress, type Listener } from '../transports/listen.ts';
import { TlsTerminator, type KeyPair } from '../transports/tls.ts';
import type { Office } from './administration/operation.ts';
import { attempts } from './attempts.ts';
import type { PruningStep, Storage } from '../storage/storage.ts';
import { Delivery } from './delivery/delivery.ts';
import type { Recipient } from './delivery/recipient.ts';
import { Devices } from './devices.ts';
import { ircOptions, reloadable, type Operation } from './irc-options.ts';
import type { Journal } from './journal.ts';
import { StorageFault } from '../storage/storage-fault.ts';
import { ThreadedSearch } from '../storage/search.ts';
import { Keeping } from './keeping.ts';
import { MessageIds } from './message-ids.ts';
import { lobbyOf, newChat } from './new-chat.ts';
import { Origins } from './origins.ts';
import { PasswordWork } from './passwords.ts';
import { Pruner } from './pruner.ts';
import { Reception } from './reception.ts';
import { retentionOf } from './retention.ts';
import { SessionConnection } from './session-connection.ts';
import type { SessionParts, SessionServices } from './session-parts.ts';
import { TokenBucket } from './token-bucket.ts';
import { Turn } from './turn.ts';

/** How long a client may take to read our last words, in milliseconds. */
const LINGER_MS = 2000;

/** How often it is looked for those who have been on without a device for too long, in milliseconds. */
const STAY_CHECK_MS = 3_600_000;

const NEWLINE = Buffer.from('\n');

/** That of somebody who waits for as long as it takes. */
const NEVER = new AbortController().signal;

/** For a server whose process cannot be told to do anything. */
const NO_OPERATION: Operation = { settingsFile: 'none', rehash: () => [] };

/** How often it is looked whether clients are still there, in milliseconds: often enough for the shortest time there is. */
function lifeCheckMs({ irc }: Settings): number {
  return Math.min(5000, irc.registration_ms / 4, irc.ping_ms / 4, irc.timeout_ms / 4, irc.multiline_ms / 4);
}

/** What an operator of the server did, in words for the log; undefined for anything else. */
function operatorDeed(event: Event): string | undefined {
  const who = event.by.name;
  if (event.kind === 'expelled' && !event.isBanned) return `${who} disconnected ${event.whom.name}: ${event.reason}`;
  if (event.kind === 'server-banned') return `${who} banned ${event.ban.mask} from the server: ${event.ban.reason}`;
  if (event.kind === 'server-ban-lifted') return `${who} lifted the ban of ${event.ban.mask}`;
  return event.kind === 'summoned' ? `${who} made ${event.whom.name} join ${event.to.title}` : undefined;
}

/** What a server is made of besides its settings. */
export interface ServerParts {
  readonly storage: Storage;
  /** The certificate for TLS; without one TLS is refused. */
  readonly keyPair?: KeyPair | undefined;
  /** What operators of the server may have done to the process it runs in. */
  readonly operation?: Operation;
}

/** A whole chat server: its chat, its listeners and everybody connected. */
export class Server {
  /** For whoever runs it. */
  readonly office: Office;
  readonly #settings: Settings;
  readonly #journal: Journal;
  readonly #chat: Chat;
  readonly #delivery: Delivery;
  readonly #turn: Turn;
  readonly #services: SessionServices;
  readonly #plainOptions: PlainOptions;
  readonly #tls: TlsTerminator | undefined;
  readonly #reception: Reception;
  readonly #ircOptions: IrcOptions;
  readonly #ircRenderings: RenderingStore;
  readonly #lifeTimer: NodeJS.Timeout;
  readonly #stayTimer: NodeJS.Timeout;
  readonly #storage: Storage;
  readonly #pruner: Pruner;
  readonly #search: ThreadedSearch | undefined;
  readonly #origins = new Origins();
  readonly #listeners: Listener[] = [];
  readonly #devices = new Devices();
  /** Connections that somebody speaks on, those that are being closed included. */
  readonly #open = new Set<SessionConnection>();
  #sessionCount = 0;
  #whenEmpty: (() => void) | undefined;

  constructor(settings: Settings, journal: Journal, { storage, keyPair, operation = NO_OPERATION }: ServerParts) {
    const { limits } = settings;
    this.#settings = settings;
    this.#journal = journal;
    this.#chat = newChat(settings);
    this.#plainOptions = {
      lobby: lobbyOf(settings),
      maxNickChars: limits.nick_chars,
      maxRoomNameChars: limits.room_name_chars,
    };
    this.#delivery = new Delivery((name, session, role) => {
      const room = this.#chat.roomThen(name);
      return room !== undefined && hasRole(room, session, role);
    });
    this.#storage = storage;
    storage.restore(this.#chat);
    storage.startBackground({
      checkpoint: (fault) => this.#journal.fault('CHECKPOINT_FAULT', fault, undefined),
      readAhead: (error) => this.#journal.fault('READ_AHEAD_FAULT', error, undefined),
    });
    this.#search = storage.searchFile === undefined ? undefined : this.#openSearch(storage, storage.searchFile);
    this.#pruner = new Pruner(storage, {
      retention: () => retentionOf(this.#chat),
      pruned: () => this.#search?.nudge(),
      failed: (fault) => this.#journal.fault(codeOf(fault, 'PRUNING_FAULT'), fault, undefined),
    });
    const keeping = new Keeping(storage, this.#chat, {
      failed: (fault) => this.#journal.fault(fault.code, fault, undefined),
      recovered: () => this.#journal.note('The database works again.'),
    });
    this.#turn = new Turn(this.#chat, {
      delivery: this.#delivery,
      keeping,
      ids: new MessageIds(storage.idSuffix, storage.lastSequence),
      watcher: {
        happened: (event) => this.#happened(event),
        fault: (fault, recipient) => this.#turnFault(fault, recipient),
      },
    });
    const unhurried = new AddressSet(limits.unhurried_addresses);
    const passwords = new PasswordWork(storage.secret, limits.password_chars);
    this.office = {
      settings,
      chat: this.#chat,
      storage,
      passwords,
      act: (action, input) => this.#turn.operate(action, input),
      prune: (asker, stepped) => this.#prune(asker.signal, stepped),
    };
    this.#services = {
      chat: this.#chat,
      turn: this.#turn,
      delivery: this.#delivery,
      devices: this.#devices,
      history: this.#turn.historyOver(storage),
      search: this.#search,
      passwords,
      attempts: attempts(settings),
      maxLineBytes: limits.line_bytes,
      maxQueuedBytes: limits.output_queue_bytes,
      arrivalCommands: limits.arrival_commands,
      maxLinesPerTurn: limits.lines_per_turn,
      lingerMs: LINGER_MS,
      originOf: (remote, isSecure) => this.#origins.of(remote, isSecure),
      newBucket: (remote) => {
        const isUnhurried = remote.kind === 'ip' && unhurried.has(remote.address);
        if (isUnhurried || !limits.enabled) return undefined;
        return new TokenBucket(limits.command_burst, limits.commands_per_second, performance.now());
      },
      areOperatorsUnhurried: limits.unhurried_operators,
      fault: (fault, { remote }) => this.#journal.fault('SESSION_FAULT', fault, remote),
      closed: (session) => this.#closed(session),
      handedOver: (session) => this.#open.delete(session),
    };
    this.#ircOptions = ircOptions(settings, operation);
    this.#ircRenderings = new RenderingStore(this.#ircOptions);
    this.#tls = keyPair === undefined ? undefined : new TlsTerminator(keyPair);
    this.#reception = new Reception(settings, journal, {
      tls: this.#tls,
      lingerMs: LINGER_MS,
      openPlain: (connection, bytes, mayBeIrc) => this.#openPlain(connection, bytes, mayBeIrc),
      openIrc: (connection, bytes) => this.#openIrc(connection, bytes),
    });
    this.#lifeTimer = setInterval(() => this.#checkLife(), lifeCheckMs(settings)).unref();
    this.#stayTimer = setInterval(() => void this.#turn.operate(endOverdueStays, undefined), STAY_CHECK_MS).unref();
  }

  /** Starts listening on one address. Throws a `ListenFault`. */
  async listen(spec: ListenSpec): Promise<BoundAddress> {
    const listener = await listen(spec, this.#reception.doorOf(spec));
    this.#listeners.push(listener);
    return listener.bound;
  }

  /** Takes over those settings that may change while it runs. */
  reload(settings: Settings): void {
    Object.assign(this.#ircOptions, reloadable(settings));
  }

  /** New TLS connections get another certificate. Throws, and keeps the old one, when it is none. */
  replaceCertificate(keyPair: KeyPair): void {
    this.#tls?.replace(keyPair);
  }

  /** Takes no more connections, tells everybody why, and ends when the last has gone or after `graceMs`. */
  async close(reason: string, graceMs: number): Promise<void> {
    clearInterval(this.#lifeTimer);
    clearInterval(this.#stayTimer);
    this.#pruner.stop();
    for (const listener of this.#listeners) listener.close();
    // Nobody is told how everybody else goes: in a large room that would be the square of it.
    for (const device of this.#devices.all()) device.leaveRooms();
    for (const device of this.#devices.all()) {
      device.recipient.dialect.farewell(reason);
      device.close(reason);
    }
    if (this.#open.size > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, graceMs);
        this.#whenEmpty = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    for (const { connection } of this.#open) connection.destroy();
    await this.#search?.close();
    await this.#storage.endBackground();
  }

  #openSearch(storage: Storage, file: string): ThreadedSearch {
    return new ThreadedSearch(file, storage, {
      removed: (upTo) => storage.forgetRemovals(upTo),
      failed: (error) => this.#journal.fault('SEARCH_FAULT', error, undefined),
    });
  }

  #openPlain(connection: Connection, firstBytes: Buffer, mayBeIrc: boolean): void {
    const { limits, plain } = this.#settings;
    this.#openSession(connection, firstBytes, 'plain', {
      framing: new PlainFraming(limits.line_bytes, {
        silenceMs: plain.silence_ms,
        firstByteMs: plain.first_byte_ms,
        typingMs: plain.typing_ms,
      }),
      openDialect: (host) => new PlainSession(host, this.#plainOptions),
      // Somebody who types IRC by hand, or whose client waits before it says its name.
      successorFor: (line) => {
        const isIrc = mayBeIrc && recognizeIrc(Buffer.concat([line, NEWLINE])) === 'yes';
        return isIrc ? (same, bytes) => this.#openIrc(same, bytes) : undefined;
      },
    });
  }

  #openIrc(connection: Connection, firstBytes: Buffer): void {
    this.#openSession(connection, firstBytes, 'irc', {
      framing: new IrcFraming(),
      openDialect: (host) => new IrcSession(host, this.#ircOptions, this.#ircRenderings),
    });
  }

  #openSession(connection: Connection, firstBytes: Buffer, protocol: string, parts: SessionParts): void {
    const id = sessionId(String(++this.#sessionCount));
    const session = new SessionConnection(id, connection, this.#services, parts);
    this.#open.add(session);
    this.#journal.connected(connection.remote, protocol);
    const { remote, isSecure, certificateFingerprint } = connection;
    session.start(this.#origins.of(remote, isSecure, certificateFingerprint));
    if (firstBytes.length > 0) session.onData(firstBytes);
  }

  #checkLife(): void {
    const now = performance.now();
    for (const session of this.#open) session.checkLife(now);
  }

  #happened(event: Event): void {
    const isSpeech = event.kind === 'said' || event.kind === 'told';
    if (isSpeech ? event.isKept : event.kind === 'redacted') this.#search?.nudge();
    if (event.kind === 'account-removed' && event.isErased) this.#erase();
    const deed = operatorDeed(event);
    if (deed !== undefined) this.#journal.note(deed);
    if (event.kind !== 'said' || !this.#journal.tellsMessages) return;
    const [device] = this.#devices.of(event.by.session);
    if (device !== undefined) this.#journal.said(device.connection.remote, event);
  }

  /** Begins at once to take away what somebody said. If that fails, which the journal is told of, it goes on later. */
  #erase(): void {
    this.#prune(NEVER, () => {}).catch(() => {});
  }

  async #prune(signal: AbortSignal, stepped: (step: PruningStep) => void): Promise<boolean> {
    await this.#pruner.finish(signal, stepped);
    const isIndexClean = (await this.#search?.purge()) ?? true;
    const isLogEmpty = await this.#storage.emptyLog();
    return isIndexClean && isLogEmpty;
  }

  #turnFault(fault: unknown, recipient: Recipient | undefined): void {
    const device = [...this.#open].find((candidate) => candidate.recipient === recipient);
    this.#journal.fault(codeOf(fault, 'TURN_FAULT'), fault, device?.connection.remote);
    device?.connection.destroy();
  }

  #closed(session: SessionConnection): void {
    const { remote } = session.connection;
    this.#open.delete(session);
    this.#journal.disconnected(remote);
    if (this.#open.size === 0) this.#whenEmpty?.();
  }
}

/** What a fault goes by in the journal. */
function codeOf(fault: unknown, otherwise: string): string {
  return fault instanceof StorageFault ? fault.code : otherwise;
}
