import type { ListenSpec } from '../config/listen-spec.ts';
import type { Settings } from '../config/settings.ts';
import { waitText } from '../dialects/plain/show.ts';
import { recognizeHttp } from '../protocol/http/recognize.ts';
import { recognizeIrc } from '../protocol/irc/recognize.ts';
import { recognizeSsh } from '../protocol/ssh/recognize.ts';
import { recognizeTls } from '../protocol/tls/recognize.ts';
import { AddressSet } from '../transports/address.ts';
import type { Connection } from '../transports/connection.ts';
import { detect, type DetectionTable, type Protocol } from '../transports/detect.ts';
import { readProxied } from '../transports/proxied.ts';
import type { TlsTerminator } from '../transports/tls.ts';
import { AddressLimits, type AddressRefusal } from './address-limits.ts';
import type { Journal } from './journal.ts';
import { HTTP_REFUSAL, SSH_REFUSAL, TLS_REFUSAL } from './protocol-refusals.ts';

/** How long a proxy may take to say where a connection comes from, in milliseconds. */
const PROXY_HEADER_MS = 5000;

/** What can be spoken inside of TLS. */
const INSIDE_TLS = ['plain', 'irc', 'http', 'ssh'];

/** Where connections go that are let in. */
interface Receiving {
  /** Without it TLS is refused. */
  readonly tls: TlsTerminator | undefined;
  /** How long somebody who is turned away may take to read why, in milliseconds. */
  readonly lingerMs: number;
  /** @param mayBeIrc whether IRC is served where it came in, and its first line may still say that it is that. */
  readonly openPlain: (connection: Connection, firstBytes: Buffer, mayBeIrc: boolean) => void;
  readonly openIrc: (connection: Connection, firstBytes: Buffer) => void;
}

/** Where connections come in: finds out who they are from, whether there may be one more, and what they speak. */
export class Reception {
  readonly #journal: Journal;
  readonly #receiving: Receiving;
  readonly #detectionMs: number;
  readonly #proxies: AddressSet;
  readonly #optionalProxies: AddressSet;
  readonly #addressLimits: AddressLimits | undefined;
  /** What is inside of TLS is told apart by its first bytes again. */
  readonly #insideTls: DetectionTable;

  constructor({ limits, proxies, optional_proxies }: Settings, journal: Journal, receiving: Receiving) {
    this.#journal = journal;
    this.#receiving = receiving;
    this.#detectionMs = limits.detection_ms;
    this.#proxies = new AddressSet(proxies);
    this.#optionalProxies = new AddressSet(optional_proxies);
    this.#addressLimits = limits.enabled
      ? new AddressLimits({
          maxSessions: limits.sessions_per_address,
          maxPerMinute: limits.connections_per_minute,
          exempt: new AddressSet(limits.exempt_addresses),
        })
      : undefined;
    this.#insideTls = this.#detectionTable(INSIDE_TLS);
  }

  /** What to do with those who connect to a listener: it serves the protocols that it is pinned to, or all. */
  doorOf({ protocols }: ListenSpec): (connection: Connection) => void {
    const table = this.#detectionTable(protocols);
    return (connection) => this.#admit(connection, table);
  }

  #detectionTable(names: readonly string[] | undefined): DetectionTable {
    const protocols = this.#protocols(names);
    // Plain where it is served (the last of the list), or else IRC: either has words for whoever is lost.
    const fallback = protocols.findLast(({ name }) => name === 'plain' || name === 'irc') ?? protocols[0]!;
    return { protocols, fallback, silenceMs: this.#detectionMs };
  }

  /** The protocols that can be told apart by their first bytes, those of `names` or all. A new one is a new entry. */
  #protocols(names: readonly string[] | undefined): Protocol[] {
    const { openIrc, openPlain } = this.#receiving;
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
      { name: 'irc', recognize: recognizeIrc, accept: openIrc },
      refused('ssh', recognizeSsh, SSH_REFUSAL),
      {
        name: 'plain',
        recognize: () => 'no',
        accept: (connection, bytes) => openPlain(connection, bytes, isServed('irc')),
      },
    ];
    return all.filter(({ name }) => isServed(name));
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
    return readProxied(connection, this.#detectionMs, { accept, refuse: accept });
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
    connection.end(this.#receiving.lingerMs);
  }

  #acceptTls(connection: Connection, firstBytes: Buffer): void {
    const { tls } = this.#receiving;
    if (tls === undefined) return this.#turnAway(connection, 'tls is not served', TLS_REFUSAL);
    return tls.accept(connection, firstBytes, (encrypted) => detect(encrypted, this.#insideTls));
  }
}
