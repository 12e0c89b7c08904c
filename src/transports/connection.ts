import type { RemoteAddress } from './address.ts';

/** What the owner of a connection is told. All of it is called from the event loop, one at a time. */
export interface ConnectionHandler {
  /** Bytes have come. Those of a settled connection are good until the call returns, others for as long as they are held. */
  onData(chunk: Buffer): void;
  /** The other side has said its last byte; it may still be reading. */
  onEnd(): void;
  /** Everything written has been taken over by the system, after a time when it was not. */
  onDrain(): void;
  /** The connection is gone, in whatever way; told once, and nothing after it. */
  onClose(): void;
}

/** A two-way stream of bytes with somebody at the other end. Knows no chat. */
export interface Connection {
  readonly remote: RemoteAddress;
  /** Whether it is encrypted. */
  readonly isSecure: boolean;
  /** The SHA-256 of the certificate that the other side showed (DER), as lower-case hex; undefined without one. */
  readonly certificateFingerprint: string | undefined;
  /** Somebody who may be believed says that the connection comes from elsewhere: `remote` and `isSecure` say so now. */
  cameFrom(remote: RemoteAddress, isSecure: boolean): void;
  /** Whoever is to be told; a connection that nobody owns yet reads nothing. */
  handler: ConnectionHandler;
  /** Whoever owns it has it for good: it is read as directly as it can be, into memory that it shares with others. */
  settle(): void;
  /** Calls back when the connection is gone, whoever owns it by then. */
  whenClosed(call: () => void): void;
  /** Bytes written that the system has not yet taken. */
  readonly queuedBytes: number;
  readonly isOpen: boolean;
  /** The bytes are shared, not copied: they must never change. */
  write(bytes: Buffer): void;
  /** Writes so many bytes, which `fill` puts into the memory that it is given, at once. */
  writeFilled(length: number, fill: (memory: Buffer) => void): void;
  pause(): void;
  resume(): void;
  /** Closes once what was written is sent, or `lingerMs` later if the other side does not take it. */
  end(lingerMs: number): void;
  /** Closes at once. */
  destroy(): void;
}
