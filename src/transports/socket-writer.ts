import type { Socket } from 'node:net';
import { handleOf, native, type StreamHandle } from './native-stream.ts';
import { currentBatch, type WriteBatch } from './write-batch.ts';

/** The writing side of a socket: takes bytes in order and says how many the system has not yet taken. */
export interface SocketWriter {
  readonly queuedBytes: number;
  /** The bytes are shared, not copied: they must never change. */
  write(bytes: Buffer): void;
  /** Writes so many bytes, which `fill` puts into the memory that it is given, at once. */
  writeFilled(length: number, fill: (memory: Buffer) => void): void;
}

/** Writes as every Node program does, through the socket's stream. */
export class StreamWriter implements SocketWriter {
  readonly #socket: Socket;
  readonly #taken: () => void;
  #isBehind = false;

  constructor(socket: Socket, onDrain: () => void) {
    this.#socket = socket;
    // The stream's own "drain" comes only after more than its high-water mark was waiting.
    this.#taken = () => {
      if (!this.#isBehind || socket.writableLength > 0) return;
      this.#isBehind = false;
      onDrain();
    };
  }

  get queuedBytes(): number {
    return this.#socket.writableLength;
  }

  write(bytes: Buffer): void {
    if (!this.#socket.writable) return;
    this.#socket.write(bytes, this.#taken);
    if (this.#socket.writableLength > 0) this.#isBehind = true;
  }

  writeFilled(length: number, fill: (memory: Buffer) => void): void {
    this.write(filled(length, fill));
  }
}

function filled(length: number, fill: (memory: Buffer) => void): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length);
  fill(bytes);
  return bytes;
}

/** What waits at most connections: nothing. Never added to. */
const NONE: Buffer[] = [];

const WRITER = Symbol('writer');
type OwnedHandle = StreamHandle & { [WRITER]?: DirectWriter };

/** What closes a handle. */
let closeStream: StreamHandle['close'] | undefined;

// One function for all sockets, so that an idle connection does not pay for closures.
function close(this: OwnedHandle, ...rest: unknown[]): unknown {
  this[WRITER]?.closed();
  return closeStream!.apply(this, rest);
}

/** A request is only used up by a write that the system does not take at once, so one serves many writes. */
let spareRequest = native === undefined ? undefined : new native.WriteWrap();

/**
 * Writes to the socket's native handle, past the stream's bookkeeping, which for small writes to many sockets costs as
 * much as a tenth of the system call (docs/decisions/0002-direct-writes.md), and together with what others are sent where
 * that is possible. One write is under way at a time; what comes meanwhile waits here, joined.
 */
export class DirectWriter implements SocketWriter {
  readonly #socket: Socket;
  /** Kept, because a look at the socket for each write costs more than all else here. A closed one refuses. */
  readonly #handle: OwnedHandle | undefined;
  /** The file descriptor, for as long as it is that of this socket. */
  #file = -1;
  readonly #onDrain: () => void;
  #waiting: Buffer[] = NONE;
  #queuedBytes = 0;
  /** Where its next write is noted; undefined if there is none. */
  #batch: WriteBatch | undefined;

  constructor(socket: Socket, onDrain: () => void) {
    this.#socket = socket;
    this.#handle = handleOf(socket);
    this.#onDrain = onDrain;
    if (this.#handle === undefined) return;
    this.#file = this.#handle.fd;
    closeStream ??= this.#handle.close;
    this.#handle[WRITER] = this;
    this.#handle.close = close;
  }

  get queuedBytes(): number {
    this.#flush();
    return this.#queuedBytes;
  }

  write(bytes: Buffer): void {
    this.#flush();
    const batch = currentBatch();
    if (this.#queuedBytes > 0) {
      this.#queuedBytes += bytes.length;
      if (this.#waiting === NONE) this.#waiting = [];
      this.#waiting.push(bytes);
    } else if (batch?.add(this, this.#file, bytes) === true) this.#batch = batch;
    else this.#send(bytes);
  }

  writeFilled(length: number, fill: (memory: Buffer) => void): void {
    this.#flush();
    const batch = this.#queuedBytes > 0 ? undefined : currentBatch();
    if (batch?.addFilled(this, this.#file, length, fill) === true) this.#batch = batch;
    else this.write(filled(length, fill));
  }

  /** What was put off, to be written together with what others are sent, is written now. */
  #flush(): void {
    this.#batch?.submit();
  }

  /** What the system has not taken together with the rest goes the usual way, where it waits or fails. */
  tried(rest: Buffer | undefined): void {
    this.#batch = undefined;
    if (rest !== undefined) this.#send(rest);
  }

  /** The socket closes: its file descriptor may soon be another's. */
  closed(): void {
    this.#flush();
    this.#file = -1;
  }

  #send(bytes: Buffer): void {
    const request = (spareRequest ??= new native!.WriteWrap());
    const error = this.#handle?.writeBuffer(request, bytes);
    if (error !== 0) this.#socket.destroy();
    else if (native!.streamBaseState[native!.kLastWriteWasAsync] !== 0) {
      spareRequest = undefined;
      this.#queuedBytes = bytes.length;
      request.oncomplete = (status) => this.#taken(bytes.length, status);
    }
  }

  #taken(length: number, status: number): void {
    this.#queuedBytes -= length;
    const waiting = this.#waiting;
    this.#waiting = NONE;
    if (status !== 0) {
      this.#queuedBytes = 0;
      this.#socket.destroy();
    } else if (waiting.length > 0) {
      this.#queuedBytes = 0;
      this.#send(Buffer.concat(waiting));
    }
    if (this.#queuedBytes === 0) this.#onDrain();
  }
}

/** The fastest way to write to a socket that this Node has. */
export function socketWriter(socket: Socket, onDrain: () => void): SocketWriter {
  return handleOf(socket) === undefined ? new StreamWriter(socket, onDrain) : new DirectWriter(socket, onDrain);
}
