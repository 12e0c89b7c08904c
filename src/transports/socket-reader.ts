import type { Socket } from 'node:net';
import { handleOf, native, type StreamHandle } from './native-stream.ts';

/** Whoever is told of what is read: its handler, which may change. */
interface Owner {
  readonly handler: { onData(bytes: Buffer): void };
}

const OWNER = Symbol('owner');
type OwnedHandle = StreamHandle & { [OWNER]?: Owner };

/** Bytes that are read at once, as many as Node's own streams read. */
const MEMORY_BYTES = 64 * 1024;
/** What every socket is read into: whoever is told of it has done with it before the next one is read. */
let memory: Buffer | undefined;
/** What Node has a stream's handle call. */
let streamOnRead: StreamHandle['onread'] | undefined;

// One function for all sockets, so that an idle connection does not pay for closures.
function onRead(this: OwnedHandle, ...others: unknown[]): unknown {
  const { streamBaseState, kReadBytesOrError } = native!;
  const count = streamBaseState[kReadBytesOrError]!;
  if (count <= 0) return streamOnRead!.apply(this, others);
  return this[OWNER]!.handler.onData(memory!.subarray(0, count));
}

/**
 * Reads from a socket's native handle, past the stream's queue: a small message costs no memory of its own, which would
 * be 64 KiB that is cut to size, and thrown away (docs/decisions/0010-direct-reads.md). The end, and what goes wrong,
 * the stream tells of as ever.
 */
export class SocketReader {
  readonly #handle: StreamHandle;

  private constructor(handle: OwnedHandle, owner: Owner) {
    this.#handle = handle;
    memory ??= Buffer.allocUnsafeSlow(MEMORY_BYTES);
    streamOnRead ??= handle.onread;
    handle[OWNER] = owner;
    handle.useUserBuffer(memory);
    handle.onread = onRead;
  }

  /**
   * Takes over the reading of a socket; undefined when that is not possible now, or not with this Node.
   * @param owner its handler gets bytes that are good until it returns.
   */
  static for(socket: Socket, owner: Owner): SocketReader | undefined {
    // What waits in the stream's queue came before what would be read here.
    if (socket.readableLength > 0 || socket.isPaused()) return undefined;
    const handle = handleOf(socket);
    return handle === undefined ? undefined : new SocketReader(handle, owner);
  }

  pause(): void {
    this.#handle.reading = false;
    this.#handle.readStop();
  }

  resume(): void {
    this.#handle.reading = true;
    this.#handle.readStart();
  }
}
