import type { DialectSession } from '../dialects/dialect.ts';
import type { Action } from '../domain/action.ts';
import type { Chat } from '../domain/chat.ts';
import type { Event } from '../domain/event.ts';
import type { SessionId } from '../domain/session.ts';
import type { Delivery } from './delivery/delivery.ts';
import type { Piece } from './delivery/piece-log.ts';
import type { Recipient } from './delivery/recipient.ts';
import { MessageIds } from './message-ids.ts';

/** Whoever has more to read than its share of one turn, and goes on in the next. */
export interface Reader {
  /** Takes the next share. */
  readOn(): void;
}

/** What the turn tells of, to whoever keeps the journal. */
export interface TurnWatcher {
  happened(event: Event): void;
  fault(fault: unknown, session: SessionId | undefined): void;
}

/** How long what may wait does, in milliseconds. */
const PATIENCE_MS = 100;

/**
 * How often a turn looks for more to read before it ends. One look costs a system call; what it finds saves one for
 * every socket that would have been written to twice.
 */
const MAX_LOOKS = 4;

type Entry =
  | { readonly kind: 'event'; readonly event: Event }
  | { readonly kind: 'piece'; readonly session: Recipient; readonly piece: Piece }
  | { readonly kind: 'call'; readonly session: Recipient | undefined; readonly call: () => void };

/**
 * One turn of the event loop. While sockets are read, actions run at once and what comes of them is noted in order; when
 * all that was ready has been read, the notes are delivered and every socket is written to once. Between the two is
 * where a turn's events are made durable.
 */
export class Turn {
  readonly #chat: Chat;
  readonly #delivery: Delivery;
  readonly #watcher: TurnWatcher;
  readonly #ids = new MessageIds();
  #entries: Entry[] = [];
  #readers: Reader[] = [];
  #afterFlush: (() => void)[] = [];
  #isScheduled = false;
  /** How often the sockets were looked at again in this turn, and what had been noted by the last time. */
  #looks = 0;
  #entriesSeen = 0;
  #isDelivering = false;
  #number = 0;
  #patience: NodeJS.Timeout | undefined;
  #hasWaitedEnough = false;

  constructor(chat: Chat, delivery: Delivery, watcher: TurnWatcher) {
    this.#chat = chat;
    this.#delivery = delivery;
    this.#watcher = watcher;
  }

  /** Changes with every turn. */
  get number(): number {
    return this.#number;
  }

  /**
   * Runs an action for a session. Its own dialect is told at once, so that its next line finds it done; everybody else
   * is told, and every byte is sent, at the end of the turn. True if it was not refused.
   */
  act<Input>(action: Action<Input>, actor: SessionId, input: Input, dialect: DialectSession): boolean {
    const at = Date.now();
    const outcome = action.run(this.#chat, actor, input, { at, id: this.#ids.next(at) });
    this.#schedule();
    if (!outcome.ok) {
      dialect.refused(outcome.error);
      return false;
    }
    for (const event of outcome.value) {
      this.#entries.push({ kind: 'event', event });
      dialect.witness(event);
    }
    return true;
  }

  /** Sends one session something, behind all that was noted for it before. */
  send(recipient: Recipient, piece: Piece): void {
    if (this.#isDelivering) this.#delivery.send(recipient, piece);
    else this.#entries.push({ kind: 'piece', session: recipient, piece });
    this.#schedule();
  }

  /** Calls back when what was noted so far is being delivered. A fault in it is the session's, if one is given. */
  call(session: Recipient | undefined, call: () => void): void {
    this.#entries.push({ kind: 'call', session, call });
    this.#schedule();
  }

  /** Calls back once this turn's bytes are with the system. */
  afterFlush(call: () => void): void {
    this.#afterFlush.push(call);
    this.#schedule();
  }

  /** Lets a reader go on in the next turn, after everybody else has had theirs. */
  readLater(reader: Reader): void {
    this.#readers.push(reader);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(runTurn, this);
  }

  /** Ends the turn, or puts its end off for as long as every look at the sockets finds something more to read. */
  run(): void {
    const isGrowing = this.#entries.length > this.#entriesSeen;
    if (isGrowing && this.#looks < MAX_LOOKS) {
      this.#looks++;
      this.#entriesSeen = this.#entries.length;
      setImmediate(runTurn, this);
      return;
    }
    this.#looks = 0;
    this.#entriesSeen = 0;
    this.#end();
  }

  /** Delivers, writes, and lets those who were interrupted read on. */
  #end(): void {
    this.#isScheduled = false;
    this.#isDelivering = true;
    // Delivering may note more: what somebody does because of what they were told.
    for (let next = 0; next < this.#entries.length; next++) this.#deliver(this.#entries[next]!);
    this.#entries = [];
    this.#isDelivering = false;
    this.#flush();
    this.#number++;
    const calls = this.#afterFlush;
    this.#afterFlush = [];
    for (const call of calls) call();
    const readers = this.#readers;
    this.#readers = [];
    for (const reader of readers) reader.readOn();
  }

  #flush(): void {
    const isSomeoneWaiting = this.#delivery.flush(this.#hasWaitedEnough);
    this.#hasWaitedEnough = false;
    if (!isSomeoneWaiting || this.#patience !== undefined) return;
    this.#patience = setTimeout(() => {
      this.#patience = undefined;
      this.#hasWaitedEnough = true;
      this.#schedule();
    }, PATIENCE_MS);
  }

  #deliver(entry: Entry): void {
    try {
      switch (entry.kind) {
        case 'event':
          this.#delivery.publish(entry.event);
          this.#watcher.happened(entry.event);
          break;
        case 'piece':
          this.#delivery.send(entry.session, entry.piece);
          break;
        case 'call':
          entry.call();
          break;
      }
    } catch (fault) {
      this.#watcher.fault(fault, entry.kind === 'event' ? entry.event.by.session : entry.session?.session);
    }
  }
}

function runTurn(turn: Turn): void {
  turn.run();
}
