import type { Action } from '../domain/action.ts';
import type { Chat } from '../domain/chat.ts';
import type { Event } from '../domain/event.ts';
import type { History } from '../domain/history.ts';
import type { Attempts, Passwords } from '../domain/passwords.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { RoomName } from '../domain/room-name.ts';
import type { Search } from '../domain/search.ts';
import type { SessionId } from '../domain/session.ts';

/**
 * One way of writing events down. All who share it are sent the very same bytes, so everything that changes the bytes
 * (dialect, capabilities, whether the room is the one being read) makes a rendering of its own.
 */
export interface Rendering {
  /** The bytes for somebody other than the author; undefined when such people are not told. */
  render(event: Event): Buffer | undefined;
}

/** What a client missed that read too slowly. */
export interface Missed {
  readonly messages: number;
  /** The ids of the first and the last of them that can be read later; it missed all that lie between. */
  readonly span: { readonly first: string; readonly last: string } | undefined;
}

/** What the server gives a dialect to work with, one for each session. */
export interface Host {
  /** To read from; changed by `act` alone. */
  readonly chat: Chat;
  /** What was said, this turn's events included. */
  readonly history: History;
  /** Looks for words in all that was said; undefined where there is no search. */
  readonly search: Search | undefined;
  readonly passwords: Passwords;
  readonly attempts: Attempts;
  /** Whose device this is; another session's after `attach`. */
  readonly session: SessionId;
  /** The name of the device, which it keeps. */
  readonly device: SessionId;
  /**
   * Does something as this session. Its own `witness` or `refused` is called before this returns; everybody else is
   * told at the end of the loop turn. True if it was not refused.
   */
  act<Input>(action: Action<Input>, input: Input): boolean;
  /** The sequence number of the last thing that anybody did. What is sent now comes behind all that it caused. */
  readonly lastSequence: number;
  /** Bytes that this connection was sent so far. */
  readonly sentBytes: number;
  /** Sends this session something, in order with all else that it is sent. */
  send(bytes: Buffer): void;
  /**
   * Sends something long in the same way: its beginning, then the rest piece by piece as the client takes it. The
   * session's next line is read when all of it is sent.
   */
  sendLong(beginning: Buffer, rest: Iterator<Buffer>): void;
  /** This session is to be rendered to anew in a room: `renderingFor` answers differently now. */
  changeRendering(room: RoomName): void;
  /** A gateway that may be believed says where the client really is. True if it may come in from there. */
  moveTo(address: string, isSecure: boolean): boolean;
  /**
   * Makes this connection a device of another session, which is told what that one is told from now on; its own session
   * ends with its last device. False, with the refusal told, if it may not be.
   */
  attach(session: SessionId): boolean;
  /** Reads nothing more from this client until some work is done, and goes on with what it gave. */
  wait<Value>(work: Promise<Value>, goOn: (value: Value) => void): void;
  /** Asks the client's terminal not to show what is typed, where it can be asked; or to show it again. */
  hideTyping(isHidden: boolean): void;
  /** Ends the connection, once what was sent before has gone out. */
  close(reason: string): void;
}

/** A line that was read and understood as far as its cost: how much of the session's allowance it takes. */
export interface Request {
  readonly cost: number;
  /** Whether it is of what clients ask all at once as they arrive: a number of those is taken however fast they come. */
  readonly isOfArriving?: boolean | undefined;
  run(): void;
  /**
   * Says that it was not taken because it came too fast, where it must have an answer of its own; without this it is told
   * of together with others, by `DialectSession.tooFast`. `retryMs` is when the next one will be taken.
   */
  tooFast?(retryMs: number): void;
  /** What it said could not be kept, so it has not happened; without this, it is refused in general terms. */
  notKept?(): void;
}

/** One session's side of a dialect. */
export interface DialectSession {
  /** What others do and say, outside of rooms, is written down in this way. */
  readonly rendering: Rendering;
  renderingFor(room: RoomName): Rendering;
  /** The session is connected: say hello. */
  start(): void;
  /** Reads a line; undefined when there is nothing to do. The bytes are valid during the call only. */
  read(line: Buffer): Request | undefined;
  /** A line was longer than allowed. `start` is how it began, and valid during the call only. */
  readTooLong(maxBytes: number, start: Buffer): Request;
  /** So many requests were refused because they came too fast; `retryMs` is when the next one will be taken. */
  tooFast(requests: number, retryMs: number): void;
  /**
   * Called now and then: the client has been silent for `silentMs`, and was connected `ageMs` ago. May ask it for a sign
   * of life, or end the connection.
   */
  checkLife(silentMs: number, ageMs: number): void;
  /** Something that this session did. */
  witness(event: Event): void;
  /** Something that another device of the same session did, which this one is not told of in any other way. */
  mirrored(event: Event): void;
  /** Something that another session did to this one, which is not told of it in any other way. */
  affected(event: Event): void;
  refused(refusal: Refusal): void;
  /** The client has said its last: it has ended the connection in good order. */
  ended(): void;
  /** The client has missed something; gives what it is told. */
  missed(missed: Missed): Buffer;
  /** The server is about to end the connection. */
  farewell(reason: string): void;
}
