import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** The request object of Node's native stream layer. */
export interface WriteRequest {
  oncomplete: ((status: number) => void) | undefined;
}

/** The native handle of a socket: the part of it that is used here. */
export interface StreamHandle {
  readonly fd: number;
  close: (this: StreamHandle, ...rest: unknown[]) => unknown;
  writeBuffer(request: WriteRequest, bytes: Buffer): number;
  /** Has what comes put into this memory, each time from its start, rather than into memory of its own. */
  useUserBuffer(memory: Buffer): void;
  /** Called, with the handle as `this`, when something has come or ended; how much is in the stream state. */
  onread: (this: StreamHandle, ...others: unknown[]) => unknown;
  reading: boolean;
  readStart(): number;
  readStop(): number;
}

interface StreamBinding {
  readonly WriteWrap: new () => WriteRequest;
  readonly streamBaseState: Int32Array;
  readonly kLastWriteWasAsync: number;
  readonly kReadBytesOrError: number;
}

const HANDLE_METHODS = ['close', 'writeBuffer', 'useUserBuffer', 'onread', 'readStart', 'readStop'] as const;

function findBinding(): StreamBinding | undefined {
  try {
    const found = (process as unknown as { binding(name: string): Partial<StreamBinding> }).binding('stream_wrap');
    const { streamBaseState: state, kLastWriteWasAsync: wasAsync, kReadBytesOrError: readBytes } = found;
    const isWhole =
      typeof found.WriteWrap === 'function' &&
      typeof wasAsync === 'number' &&
      typeof readBytes === 'number' &&
      state?.[wasAsync] !== undefined &&
      state[readBytes] !== undefined;
    return isWhole ? (found as StreamBinding) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Node's layer below the streams of sockets, if this Node has all of it that is used here. It is not documented: nothing
 * but the reader and the writer of sockets uses it, and both can do without (docs/decisions/0002-direct-writes.md).
 */
export const native = findBinding();

/** The handle of a socket, if it has one that can do what is needed here. */
export function handleOf(socket: Socket): StreamHandle | undefined {
  // A TLS socket's handle encrypts before it writes, and reads, in ways of its own.
  if (native === undefined || socket instanceof TLSSocket) return undefined;
  const { _handle: handle } = socket as unknown as { _handle: Partial<StreamHandle> | null };
  if (handle === null || typeof handle.fd !== 'number') return undefined;
  if (HANDLE_METHODS.some((name) => typeof handle[name] !== 'function')) return undefined;
  return handle as StreamHandle;
}
