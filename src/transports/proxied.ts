import { readProxyHeader } from '../protocol/proxy/header.ts';
import { plainAddress } from './address.ts';
import type { Connection, ConnectionHandler } from './connection.ts';

export interface ProxiedOutcome {
  /** The connection is known to come from where it says now; these bytes came behind the header. */
  accept(firstBytes: Buffer): void;
  /** What was sent in the time there was, these bytes, is no header. */
  refuse(bytes: Buffer): void;
}

/**
 * Reads the header that a proxy sends in front of all else, and takes its word on where the connection comes from.
 * @param waitMs how long the proxy may take for it, in milliseconds.
 */
export function readProxied(connection: Connection, waitMs: number, outcome: ProxiedOutcome): void {
  connection.handler = new HeaderReader(connection, waitMs, outcome);
}

class HeaderReader implements ConnectionHandler {
  readonly #connection: Connection;
  readonly #outcome: ProxiedOutcome;
  readonly #timer: NodeJS.Timeout;
  #bytes: Buffer = Buffer.alloc(0);

  constructor(connection: Connection, waitMs: number, outcome: ProxiedOutcome) {
    this.#connection = connection;
    this.#outcome = outcome;
    this.#timer = setTimeout(() => outcome.refuse(this.#bytes), waitMs);
  }

  onData(chunk: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    const header = readProxyHeader(this.#bytes);
    if (header.kind === 'unfinished') return undefined;
    clearTimeout(this.#timer);
    if (header.kind === 'bad') return this.#outcome.refuse(this.#bytes);
    if (header.kind === 'from') {
      const { address, port, isSecure } = header;
      this.#connection.cameFrom({ kind: 'ip', address: plainAddress(address), port }, isSecure);
    }
    return this.#outcome.accept(this.#bytes.subarray(header.bytes));
  }

  /** Whoever has been given the connection is told that nothing more comes. */
  onEnd(): void {
    clearTimeout(this.#timer);
    this.#outcome.refuse(this.#bytes);
    const { handler } = this.#connection;
    if (handler !== this) handler.onEnd();
  }

  onDrain(): void {}

  onClose(): void {
    clearTimeout(this.#timer);
  }
}
