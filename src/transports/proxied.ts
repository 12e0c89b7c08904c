import { readProxyHeader } from '../protocol/proxy/header.ts';
import { plainAddress } from './address.ts';
import type { Connection, ConnectionHandler } from './connection.ts';

/** How long a proxy may take to say where a connection comes from, in milliseconds. */
const HEADER_MS = 5000;

export interface ProxiedOutcome {
  /** The connection is known to come from where it says now; these bytes came behind the header. */
  accept(firstBytes: Buffer): void;
  /** What the proxy sent is no header. */
  refuse(): void;
}

/** Reads the header that a proxy sends in front of all else, and takes its word on where the connection comes from. */
export function readProxied(connection: Connection, outcome: ProxiedOutcome): void {
  connection.handler = new HeaderReader(connection, outcome);
}

class HeaderReader implements ConnectionHandler {
  readonly #connection: Connection;
  readonly #outcome: ProxiedOutcome;
  readonly #timer: NodeJS.Timeout;
  #bytes: Buffer = Buffer.alloc(0);

  constructor(connection: Connection, outcome: ProxiedOutcome) {
    this.#connection = connection;
    this.#outcome = outcome;
    this.#timer = setTimeout(() => outcome.refuse(), HEADER_MS);
  }

  onData(chunk: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    const header = readProxyHeader(this.#bytes);
    if (header.kind === 'unfinished') return undefined;
    clearTimeout(this.#timer);
    if (header.kind === 'bad') return this.#outcome.refuse();
    if (header.kind === 'from') {
      const { address, port, isSecure } = header;
      this.#connection.cameFrom({ kind: 'ip', address: plainAddress(address), port }, isSecure);
    }
    return this.#outcome.accept(this.#bytes.subarray(header.bytes));
  }

  onEnd(): void {
    this.#connection.destroy();
  }

  onDrain(): void {}

  onClose(): void {
    clearTimeout(this.#timer);
  }
}
