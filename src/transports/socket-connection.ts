import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { plainAddress, type RemoteAddress } from './address.ts';
import type { Connection, ConnectionHandler } from './connection.ts';
import { SocketReader } from './socket-reader.ts';
import { socketWriter, type SocketWriter } from './socket-writer.ts';

const NOBODY: ConnectionHandler = { onData() {}, onEnd() {}, onDrain() {}, onClose() {} };
const KEEP_ALIVE_AFTER_MS = 60_000;

const CONNECTION = Symbol('connection');
type OwnedSocket = Socket & { [CONNECTION]: SocketConnection };

// One function for all sockets, so that an idle connection does not pay for closures.
function onData(this: OwnedSocket, chunk: Buffer): void {
  this[CONNECTION].handler.onData(chunk);
}
function onEnd(this: OwnedSocket): void {
  this[CONNECTION].handler.onEnd();
}
function onClose(this: OwnedSocket): void {
  this[CONNECTION].handler.onClose();
}
function onError(): void {
  // A reset or a broken pipe: "close" follows, and the connection ends like any other.
}

/** Whoever shows a certificate has proved in the handshake that its key is theirs, whoever signed it. */
function fingerprintOf(socket: TLSSocket): string | undefined {
  return socket.getPeerX509Certificate()?.fingerprint256.replaceAll(':', '').toLowerCase();
}

let unixCount = 0;

/** A connection over a TCP or unix socket. */
export class SocketConnection implements Connection {
  #remote: RemoteAddress;
  #isSecure: boolean;
  readonly certificateFingerprint: string | undefined;
  handler: ConnectionHandler = NOBODY;
  readonly #socket: Socket;
  readonly #writer: SocketWriter;
  /** Once it is settled, and may be read directly. */
  #reader: SocketReader | undefined;
  #isEnding = false;

  /** @param remote where it comes from, if that is known better than the socket knows it. */
  constructor(socket: Socket, remote?: RemoteAddress) {
    this.#socket = socket;
    this.#writer = socketWriter(socket, () => this.#onDrain());
    const { remoteAddress, remotePort } = socket;
    this.#isSecure = socket instanceof TLSSocket;
    this.certificateFingerprint = socket instanceof TLSSocket ? fingerprintOf(socket) : undefined;
    if (remote !== undefined) this.#remote = remote;
    else if (remoteAddress === undefined || remotePort === undefined)
      this.#remote = { kind: 'unix', number: ++unixCount };
    else this.#remote = { kind: 'ip', address: plainAddress(remoteAddress), port: remotePort };
    (socket as OwnedSocket)[CONNECTION] = this;
    socket.setNoDelay(true);
    // Finds out about a peer that went away without a word (a cable pulled, a laptop closed).
    socket.setKeepAlive(true, KEEP_ALIVE_AFTER_MS);
    socket.on('data', onData);
    socket.on('end', onEnd);
    socket.on('close', onClose);
    socket.on('error', onError);
  }

  settle(): void {
    this.#reader ??= SocketReader.for(this.#socket, this);
  }

  /**
   * Gives the socket away, with bytes that were read put back: this connection is over, and tells nobody of anything more
   * but its `whenClosed` callers. Not for one that is settled.
   */
  release(bytes: Buffer): Socket {
    const socket = this.#socket;
    this.#isEnding = true;
    this.handler = NOBODY;
    for (const [event, listener] of [
      ['data', onData],
      ['end', onEnd],
      ['close', onClose],
    ] as const) {
      socket.off(event, listener);
    }
    socket.pause();
    if (bytes.length > 0) socket.unshift(bytes);
    return socket;
  }

  get remote(): RemoteAddress {
    return this.#remote;
  }

  get isSecure(): boolean {
    return this.#isSecure;
  }

  cameFrom(remote: RemoteAddress, isSecure: boolean): void {
    this.#remote = remote;
    this.#isSecure ||= isSecure;
  }

  whenClosed(call: () => void): void {
    this.#socket.once('close', call);
  }

  get queuedBytes(): number {
    return this.#writer.queuedBytes;
  }

  get isOpen(): boolean {
    return this.#socket.writable;
  }

  write(bytes: Buffer): void {
    if (!this.#isEnding) this.#writer.write(bytes);
  }

  writeFilled(length: number, fill: (memory: Buffer) => void): void {
    if (!this.#isEnding) this.#writer.writeFilled(length, fill);
  }

  pause(): void {
    (this.#reader ?? this.#socket).pause();
  }

  resume(): void {
    (this.#reader ?? this.#socket).resume();
  }

  end(lingerMs: number): void {
    const socket = this.#socket;
    if (socket.destroyed || this.#isEnding) return;
    this.#isEnding = true;
    // What the other side still sends is read and dropped: closing with unread input would make the system send a
    // reset, and a reset may overtake our last words (RFC 2525 section 2.17).
    this.handler = { ...NOBODY, onClose: this.handler.onClose.bind(this.handler) };
    this.resume();
    const timer = setTimeout(() => socket.destroy(), lingerMs);
    socket.once('close', () => clearTimeout(timer));
    if (this.queuedBytes === 0) socket.end();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #onDrain(): void {
    if (this.#isEnding) this.#socket.end();
    else this.handler.onDrain();
  }
}
