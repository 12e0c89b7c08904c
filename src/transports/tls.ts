import { createSecureContext, TLSSocket, type SecureContext } from 'node:tls';
import type { Connection } from './connection.ts';
import { SocketConnection } from './socket-connection.ts';

/** A certificate and its private key, in PEM. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/** How long a client may take for the handshake, in milliseconds. */
const HANDSHAKE_MS = 10_000;

/** The TLS side of a server: one certificate for all connections, which may be replaced while it runs. */
export class TlsTerminator {
  #context: SecureContext;

  /** Throws when the certificate and the key are not a pair. */
  constructor(pair: KeyPair) {
    this.#context = createSecureContext({ ...pair, minVersion: 'TLSv1.2' });
  }

  /** New connections get this certificate. Throws, and keeps the old one, when it is no pair. */
  replace(pair: KeyPair): void {
    this.#context = createSecureContext({ ...pair, minVersion: 'TLSv1.2' });
  }

  /**
   * Makes an encrypted connection of a plain one, whose first bytes have been read already. A client certificate is
   * asked for and need not be there. A handshake that fails, or takes too long, ends the connection.
   */
  accept(connection: Connection, firstBytes: Buffer, onConnection: (connection: Connection) => void): void {
    if (!(connection instanceof SocketConnection)) return connection.destroy();
    const socket = connection.release(firstBytes);
    const encrypted = new TLSSocket(socket, {
      isServer: true,
      secureContext: this.#context,
      requestCert: true,
      rejectUnauthorized: false,
    });
    const timer = setTimeout(() => encrypted.destroy(), HANDSHAKE_MS);
    encrypted.once('close', () => clearTimeout(timer));
    encrypted.on('error', () => encrypted.destroy());
    encrypted.once('secure', () => {
      clearTimeout(timer);
      onConnection(new SocketConnection(encrypted, connection.remote));
    });
  }
}
