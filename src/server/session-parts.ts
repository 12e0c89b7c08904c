import type { DialectSession, Host } from '../dialects/dialect.ts';
import type { Chat } from '../domain/chat.ts';
import type { History } from '../domain/history.ts';
import type { Attempts, Passwords } from '../domain/passwords.ts';
import type { Search } from '../domain/search.ts';
import type { Origin } from '../domain/session.ts';
import type { Line } from '../protocol/lines.ts';
import type { RemoteAddress } from '../transports/address.ts';
import type { Connection } from '../transports/connection.ts';
import type { Delivery } from './delivery/delivery.ts';
import type { Devices } from './devices.ts';
import type { SessionConnection } from './session-connection.ts';
import type { TokenBucket } from './token-bucket.ts';
import type { Turn } from './turn.ts';

/** Finds the lines in a session's bytes; each dialect has its own way. Time comes from outside. */
export interface Framing {
  push(chunk: Buffer, nowMs: number): void;
  next(): Line | undefined;
  /** The pushed bytes are about to change: what was not handed out is kept. */
  holdUnread(): void;
  /** Bytes that the framing itself has to send back. */
  takeAnswer(): Buffer | undefined;
  /** How long to wait for more before `fallSilent`; undefined when silence means nothing. */
  readonly waitMs: number | undefined;
  /** Asks the terminal not to show what is typed, or to show it again, if it understands such a thing. */
  hideTyping?(isHidden: boolean): void;
  fallSilent(): Line | undefined;
  finish(): Line | undefined;
}

/** What all sessions of a server share. */
export interface SessionServices {
  readonly chat: Chat;
  readonly turn: Turn;
  readonly delivery: Delivery;
  readonly devices: Devices;
  readonly history: History;
  readonly search: Search | undefined;
  readonly passwords: Passwords;
  readonly attempts: Attempts;
  readonly maxLineBytes: number;
  readonly maxQueuedBytes: number;
  /** Commands of arriving that are taken beyond the allowance, once. */
  readonly arrivalCommands: number;
  /** Lines taken from one session before the others have their turn. */
  readonly maxLinesPerTurn: number;
  /** How long a connection that is being closed may take to read our last words, in milliseconds. */
  readonly lingerMs: number;
  originOf(remote: RemoteAddress, isSecure: boolean): Origin;
  /** The allowance of a session that comes from there, or none if it may send as fast as it likes. */
  newBucket(remote: RemoteAddress): TokenBucket | undefined;
  readonly areOperatorsUnhurried: boolean;
  fault(fault: unknown, connection: Connection): void;
  closed(connection: SessionConnection): void;
  /** A session has ended, but its connection has not: another session has it. */
  handedOver(connection: SessionConnection): void;
}

/** Takes over a connection from a session of another dialect, with the bytes that it has not read. */
export type Successor = (connection: Connection, bytes: Buffer) => void;

/** How a session is made: the parts that depend on its dialect. */
export interface SessionParts {
  readonly framing: Framing & { takeUnread?(): Buffer };
  /** Who should have got the connection, now that its first line is seen; undefined when it is in the right hands. */
  readonly successorFor?: (firstLine: Buffer) => Successor | undefined;
  openDialect(host: Host): DialectSession;
}
