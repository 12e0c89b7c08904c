import type { Settings } from '../config/settings.ts';
import type { ListenSpec } from '../config/listen-spec.ts';
import type { IrcOptions } from '../dialects/irc/options.ts';
import { RenderingStore } from '../dialects/irc/rendering-store.ts';
import { IrcSession } from '../dialects/irc/session.ts';
import { PlainSession, type PlainOptions } from '../dialects/plain/session.ts';
import { waitText } from '../dialects/plain/show.ts';
import { endOverdueStays } from '../domain/actions/end-overdue-stays.ts';
import type { Chat } from '../domain/chat.ts';
import type { Event } from '../domain/event.ts';
import { hasRole } from '../domain/room.ts';
import { sessionId } from '../domain/session.ts';
import { recognizeHttp } from '../protocol/http/recognize.ts';
import { IrcFraming } from '../protocol/irc/framing.ts';
import { recognizeIrc } from '../protocol/irc/recognize.ts';
import { PlainFraming } from '../protocol/plain/framing.ts';
import { recognizeSsh } from '../protocol/ssh/recognize.ts';
import { recognizeTls } from '../protocol/tls/recognize.ts';
import { AddressSet } from '../transports/address.ts';
import type { Connection } from '../transports/connection.ts';
import { detect, type DetectionTable, type Protocol } from '../transports/detect.ts';
import { readProxied } from '../transports/proxied.ts';
import { listen, type BoundAddress, type Listener } from '../transports/listen.ts';
import { TlsTerminator, type KeyPair } from '../transports/tls.ts';
import type { Office } from './administration/operation.ts';
import { AddressLimits, type AddressRefusal } from './address-limits.ts';
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
import { HTTP_REFUSAL, SSH_REFUSAL, TLS_REFUSAL } from './protocol-refusals.ts';
import { Pruner } from './pruner.ts';
import { retentionOf } from './retention.ts';
import { SessionConnection } from './session-connection.ts';
import type { SessionParts, SessionServices } from './session-parts.ts';
import { TokenBucket } from './token-bucket.ts';
import { Turn } from './turn.ts';

/** How long a proxy may take to say where a connection comes from, in milliseconds. */
const PROXY_HEADER_MS = 5000;

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
  readonly #ircOptions: IrcOptions;
  readonly #ircRenderings: RenderingStore;
  readonly #lifeTimer: NodeJS.Timeout;
  readonly #stayTimer: NodeJS.Timeout;
  readonly #proxies: AddressSet;
  readonly #optionalProxies: AddressSet;
  readonly #addressLimits: AddressLimits | undefined;
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
    this.#addressLimits = limits.enabled
      ? new AddressLimits({
          maxSessions: limits.sessions_per_address,
          maxPerMinute: limits.connections_per_minute,
          exempt: new AddressSet(limits.exempt_addresses),
        })
      : undefined;
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
    this.#proxies = new AddressSet(settings.proxies);
    this.#optionalProxies = new AddressSet(settings.optional_proxies);
    this.#ircRenderings = new RenderingStore(this.#ircOptions);
    this.#tls = keyPair === undefined ? undefined : new TlsTerminator(keyPair);
    this.#lifeTimer = setInterval(() => this.#checkLife(), lifeCheckMs(settings)).unref();
    this.#stayTimer = setInterval(() => void this.#turn.operate(endOverdueStays, undefined), STAY_CHECK_MS).unref();
  }

  /** Starts listening on one address. Throws a `ListenFault`. */
  async listen(spec: ListenSpec): Promise<BoundAddress> {
    const table = this.#detectionTable(spec.protocols);
    const listener = await listen(spec, (connection) => this.#admit(connection, table));
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

  /** The protocols that can be told apart by their first bytes, those of `names` or all. A new one is a new entry. */
  #protocols(names: readonly string[] | undefined): Protocol[] {
    const isServed = (name: string): boolean => names === undefined || names.includes(name);
    const refused = (name: string, recognize: Protocol['recognize'], answer: Buffer): Protocol => ({
      name,
      recognize,
      accept: (connection) => this.#turnAway(connection, `${name} is not served`, answer),
    });
    const all: Protocol[] = [
      {
        name: 'tls',
        recognize: recognizeTls,
        accept: (connection, bytes) => this.#acceptTls(connection, bytes),
      },
      refused('http', recognizeHttp, HTTP_REFUSAL),
      {
        name: 'irc',
        recognize: recognizeIrc,
        accept: (connection, bytes) => this.#openIrc(connection, bytes),
      },
      refused('ssh', recognizeSsh, SSH_REFUSAL),
      {
        name: 'plain',
        recognize: () => 'no',
        accept: (connection, bytes) => this.#openPlain(connection, bytes, isServed('irc')),
      },
    ];
    return all.filter(({ name }) => isServed(name));
  }

  /** The protocols of one listener: those it is pinned to, or all. */
  #detectionTable(names: readonly string[] | undefined): DetectionTable {
    const protocols = this.#protocols(names);
    // Plain where it is served (the last of the list), or else IRC: either has words for whoever is lost.
    const fallback = protocols.findLast(({ name }) => name === 'plain' || name === 'irc') ?? protocols[0]!;
    return { protocols, fallback, silenceMs: this.#settings.limits.detection_ms };
  }

  #openSearch(storage: Storage, file: string): ThreadedSearch {
    return new ThreadedSearch(file, storage, {
      removed: (upTo) => storage.forgetRemovals(upTo),
      failed: (error) => this.#journal.fault('SEARCH_FAULT', error, undefined),
    });
  }

  #admit(connection: Connection, table: DetectionTable): void {
    const { remote } = connection;
    const accept = (bytes?: Buffer): void => this.#letIn(connection, table, bytes);
    if (remote.kind !== 'ip') return accept();
    if (this.#proxies.has(remote.address)) {
      const refuse = (): void => {
        this.#journal.turnedAway(remote, 'the proxy sent no PROXY header');
        connection.destroy();
      };
      return readProxied(connection, PROXY_HEADER_MS, { accept, refuse });
    }
    if (!this.#optionalProxies.has(remote.address)) return accept();
    return readProxied(connection, this.#settings.limits.detection_ms, { accept, refuse: accept });
  }

  #letIn(connection: Connection, table: DetectionTable, bytes?: Buffer): void {
    const refusal = this.#countIn(connection);
    if (refusal === undefined) return detect(connection, table, bytes);
    const why =
      refusal.kind === 'too-fast'
        ? `too many connections from your address; try again in ${waitText(refusal.retryMs)}`
        : `your address has ${refusal.max} connections already, which is the most; close one first`;
    return this.#turnAway(connection, refusal.kind, Buffer.from(`* ${why}\n`));
  }

  /** Counts a connection for as long as it lives, or says why there may not be one more from its address. */
  #countIn(connection: Connection): AddressRefusal | undefined {
    const limits = this.#addressLimits;
    const { remote } = connection;
    if (limits === undefined || remote.kind === 'unix' || limits.isExempt(remote.address)) return undefined;
    const refusal = limits.enter(remote.address, performance.now());
    if (refusal === undefined) connection.whenClosed(() => limits.leave(remote.address));
    return refusal;
  }

  #turnAway(connection: Connection, reason: string, answer: Buffer): void {
    this.#journal.turnedAway(connection.remote, reason);
    connection.write(answer);
    connection.end(LINGER_MS);
  }

  /** What is inside of TLS is told apart by its first bytes again. */
  #acceptTls(connection: Connection, firstBytes: Buffer): void {
    if (this.#tls === undefined) return this.#turnAway(connection, 'tls is not served', TLS_REFUSAL);
    const inside = this.#detectionTable(['plain', 'irc', 'http', 'ssh']);
    return this.#tls.accept(connection, firstBytes, (encrypted) => detect(encrypted, inside));
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
