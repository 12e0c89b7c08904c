import type { Action, Moment } from '../domain/action.ts';
import type { Chat } from '../domain/chat.ts';
import { CONSOLE } from '../domain/console.ts';
import type { Event } from '../domain/event.ts';
import type { History } from '../domain/history.ts';
import { isKept, mustBeKept } from '../domain/keeping.ts';
import type { Refusal } from '../domain/refusal.ts';
import { ok, refuse, type Result } from '../domain/result.ts';
import type { SessionId } from '../domain/session.ts';
import { StorageFault } from '../storage/storage-fault.ts';
import { writeTogether } from '../transports/write-batch.ts';
import type { Delivery } from './delivery/delivery.ts';
import type { Piece } from './delivery/piece-log.ts';
import type { Recipient } from './delivery/recipient.ts';
import type { Keeping } from './keeping.ts';
import type { MessageIds } from './message-ids.ts';

/** Whoever has more to read than its share of one turn, and goes on in the next. */
export interface Reader {
  /** Takes the next share. */
  readOn(): void;
}

/** What the turn tells of, to whoever keeps the journal. */
export interface TurnWatcher {
  happened(event: Event): void;
  fault(fault: unknown, recipient: Recipient | undefined): void;
}

/** How long what may wait does, in milliseconds. */
const PATIENCE_MS = 100;

/**
 * How often a turn looks for more to read before it delivers. One look costs a system call; what it finds saves one for
 * every socket that would have been written to twice.
 */
const MAX_LOOKS = 4;
/** With more than so many things to tell of, somebody else probably has something to say meanwhile. */
const FEW_ENTRIES = 2;

/** All that comes of one request. What it said that must be kept and cannot be has not happened, nor been answered. */
class Request {
  readonly #notKept: () => void;
  isTakenBack = false;
  #isTold = false;

  constructor(notKept: () => void) {
    this.#notKept = notKept;
  }

  /** Tells the client, once. */
  tell(): void {
    if (this.#isTold) return;
    this.#isTold = true;
    this.#notKept();
  }
}

type Entry = (
  | { readonly kind: 'event'; readonly event: Event; readonly author: Recipient | undefined }
  | { readonly kind: 'piece'; readonly to: Recipient; readonly piece: Piece }
  | { readonly kind: 'call'; readonly to: Recipient | undefined; readonly call: () => void }
) & { readonly request: Request | undefined };

/**
 * One turn of the event loop. While sockets are read, actions run at once and what comes of them is noted in order; when
 * all that was ready has been read, the turn's events are made durable, the notes are delivered, and every socket is
 * written to once.
 */
export class Turn {
  readonly #chat: Chat;
  readonly #delivery: Delivery;
  readonly #keeping: Keeping;
  readonly #ids: MessageIds;
  readonly #watcher: TurnWatcher;
  #entries: Entry[] = [];
  #readers: Reader[] = [];
  #afterFlush: (() => void)[] = [];
  #isScheduled = false;
  /** How often the sockets were looked at again in this turn, and what had been noted by the last time. */
  #looks = 0;
  #entriesSeen = 0;
  /** Whether something of this turn has been delivered, and only waits to be written. */
  #hasDelivered = false;
  #isDelivering = false;
  #number = 0;
  #patience: NodeJS.Timeout | undefined;
  #hasWaitedEnough = false;
  /** The request that is being run. */
  #request: Request | undefined;
  /** Requests with something in them that must be kept and is not yet. */
  #unkept: Request[] = [];

  constructor(chat: Chat, parts: { delivery: Delivery; keeping: Keeping; ids: MessageIds; watcher: TurnWatcher }) {
    this.#chat = chat;
    this.#delivery = parts.delivery;
    this.#keeping = parts.keeping;
    this.#ids = parts.ids;
    this.#watcher = parts.watcher;
  }

  /** Changes with every turn. */
  get number(): number {
    return this.#number;
  }

  /** The sequence number of the last thing that was done. */
  get lastSequence(): number {
    return this.#ids.last;
  }

  /** Runs something that a client asked for. If it cannot be kept, all of it is taken back and `notKept` is called. */
  request(run: () => void, notKept: () => void): void {
    const outer = this.#request;
    this.#request = new Request(notKept);
    try {
      run();
    } finally {
      this.#request = outer;
    }
  }

  /**
   * Runs an action for a client. Its own dialect is told at once, so that its next line finds it done; everybody else
   * is told, and every byte is sent, at the end of the turn. True if it was not refused.
   */
  act<Input>(action: Action<Input>, actor: SessionId, input: Input, author: Recipient): boolean {
    const outcome = action.run(this.#chat, actor, input, this.#moment());
    this.#schedule();
    if (!outcome.ok) {
      author.dialect.refused(outcome.error);
      return false;
    }
    for (const event of outcome.value) {
      this.#note(event, author);
      // What somebody else does because of it, the author is told as others are.
      if (event.by.session === actor) author.dialect.witness(event);
    }
    return true;
  }

  /** Runs an action for whoever runs the server. Settles when what came of it is durable, and told to everybody. */
  operate<Input>(action: Action<Input>, input: Input): Promise<Result<undefined, Refusal>> {
    return new Promise((resolve) => {
      const run = (): void => {
        const outcome = action.run(this.#chat, CONSOLE, input, this.#moment());
        if (!outcome.ok) return resolve(outcome);
        for (const event of outcome.value) this.#note(event, undefined);
        return this.call(undefined, () => resolve(ok(undefined)));
      };
      this.request(run, () => resolve(refuse({ kind: 'not-kept' })));
    });
  }

  #note(event: Event, author: Recipient | undefined): void {
    const request = this.#request;
    if (isKept(event)) this.#keeping.add(event);
    if (request !== undefined && mustBeKept(event) && this.#unkept.at(-1) !== request) this.#unkept.push(request);
    this.#entries.push({ kind: 'event', event, author, request });
  }

  /** Sends one client something, behind all that was noted for it before. */
  send(to: Recipient, piece: Piece): void {
    if (this.#isDelivering) this.#delivery.send(to, piece);
    else this.#entries.push({ kind: 'piece', to, piece, request: this.#request });
    this.#schedule();
  }

  /** Calls back when what was noted so far is being delivered. A fault in it is the client's, if one is given. */
  call(to: Recipient | undefined, call: () => void): void {
    this.#entries.push({ kind: 'call', to, call, request: undefined });
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

  /**
   * History as it is now: what has happened in this turn is made durable before it is read. What cannot be read is a
   * `StorageFault`, which the watcher has been told of.
   */
  historyOver(history: History): History {
    const upToDate = <T>(read: (now: History) => T): T => {
      this.#keep();
      try {
        return read(history);
      } catch (error) {
        const fault = StorageFault.from(error);
        this.#watcher.fault(fault, undefined);
        throw fault;
      }
    };
    return {
      get version() {
        return history.version;
      },
      settledVersion: () => upToDate((now) => now.settledVersion()),
      read: (span, end, limit) => upToDate((now) => now.read(span, end, limit)),
      // Nothing is read for anybody yet.
      prepare: (reads) => history.prepare(reads),
      correspondences: (of, span, end, limit) => upToDate((now) => now.correspondences(of, span, end, limit)),
      at: (sequence) => upToDate((now) => now.at(sequence)),
      lately: (who, limit) => upToDate((now) => now.lately(who, limit)),
      nameIn: (conversation, who) => upToDate((now) => now.nameIn(conversation, who)),
    };
  }

  #moment(): Moment {
    const moment = this.#ids.next(Date.now());
    return this.#keeping.isFailing ? { ...moment, cannotKeep: true } : moment;
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(runTurn, this);
  }

  /**
   * Ends the turn, or puts its end off for as long as every look at the sockets finds something more to read. When there
   * is much to tell of, it looks once more between delivering and writing: that takes a while, and much comes in it.
   */
  run(): void {
    const noted = this.#entries.length;
    if (noted > this.#entriesSeen && this.#looks < MAX_LOOKS) {
      this.#looks++;
      this.#entriesSeen = noted;
      setImmediate(runTurn, this);
      return;
    }
    this.#deliverAll();
    if (noted > FEW_ENTRIES && !this.#hasDelivered) {
      this.#hasDelivered = true;
      setImmediate(runTurn, this);
    } else this.#end();
  }

  /** Keeps and delivers what was noted. */
  #deliverAll(): void {
    this.#looks = 0;
    this.#entriesSeen = 0;
    this.#isDelivering = true;
    // Delivering may note more: what somebody does because of what they were told.
    for (let next = 0; next < this.#entries.length; next++) {
      this.#keep();
      this.#deliver(this.#entries[next]!);
    }
    this.#entries = [];
    this.#isDelivering = false;
  }

  /** Writes, and lets those who were interrupted read on. */
  #end(): void {
    this.#isScheduled = false;
    this.#hasDelivered = false;
    this.#flush();
    this.#number++;
    const calls = this.#afterFlush;
    this.#afterFlush = [];
    for (const call of calls) call();
    const readers = this.#readers;
    this.#readers = [];
    for (const reader of readers) reader.readOn();
  }

  /** Makes durable what has happened. Requests whose words could not be kept are taken back. */
  #keep(): void {
    if (!this.#keeping.hasPending) return;
    const isDone = this.#keeping.commit();
    for (const request of this.#unkept) request.isTakenBack = !isDone;
    this.#unkept = [];
  }

  #flush(): void {
    const isSomeoneWaiting = writeTogether(() => this.#delivery.flush(this.#hasWaitedEnough));
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
      if (entry.request?.isTakenBack === true && this.#isLost(entry)) return entry.request.tell();
      switch (entry.kind) {
        case 'event':
          this.#delivery.publish(entry.event, entry.author);
          this.#watcher.happened(entry.event);
          break;
        case 'piece':
          this.#delivery.send(entry.to, entry.piece);
          break;
        case 'call':
          entry.call();
          break;
      }
    } catch (fault) {
      this.#watcher.fault(fault, entry.kind === 'event' ? entry.author : entry.to);
    }
  }

  /** Of a request that is taken back, what it said and what it was answered; but not who came and went by it. */
  #isLost(entry: Entry): boolean {
    return entry.kind === 'piece' || (entry.kind === 'event' && mustBeKept(entry.event));
  }
}

function runTurn(turn: Turn): void {
  turn.run();
}
