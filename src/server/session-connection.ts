import type { Host, Request } from '../dialects/dialect.ts';
import type { Action } from '../domain/action.ts';
import { attach } from '../domain/actions/attach.ts';
import { comeFrom } from '../domain/actions/come-from.ts';
import { connect } from '../domain/actions/connect.ts';
import { detach } from '../domain/actions/detach.ts';
import type { Chat } from '../domain/chat.ts';
import type { History } from '../domain/history.ts';
import type { Attempts, Passwords } from '../domain/passwords.ts';
import type { RoomName } from '../domain/room-name.ts';
import type { Search } from '../domain/search.ts';
import type { Origin, SessionId } from '../domain/session.ts';
import type { Line } from '../protocol/lines.ts';
import { StorageFault } from '../storage/storage-fault.ts';
import type { RemoteAddress } from '../transports/address.ts';
import type { Connection, ConnectionHandler } from '../transports/connection.ts';
import { Allowance } from './allowance.ts';
import type { Piece } from './delivery/piece-log.ts';
import { Recipient } from './delivery/recipient.ts';
import type { SessionParts, SessionServices } from './session-parts.ts';
import { SilenceTimer } from './silence-timer.ts';
import type { Reader } from './turn.ts';
import { TurnShare } from './turn-share.ts';

const LINE_END = Buffer.from('\n');
const NO_BYTES = Buffer.alloc(0);

/** The connection loop of one session: bytes to lines, lines to requests, each within its limits. */
export class SessionConnection implements ConnectionHandler, Host, Reader {
  readonly connection: Connection;
  readonly recipient: Recipient;
  readonly device: SessionId;
  #session: SessionId;
  readonly #services: SessionServices;
  readonly #framing: SessionParts['framing'];
  /** Until the first line has come. */
  #successorFor: SessionParts['successorFor'];
  readonly #allowance: Allowance;
  readonly #share: TurnShare;
  readonly #silence = new SilenceTimer(this);
  readonly #openedAt = performance.now();
  #heardAt = performance.now();
  #isWaitingForTurn = false;
  /** Whether a request is being answered. */
  #isAnswering = false;
  #isWaitingForDrain = false;
  /** Whether work is under way that the next line has to wait for. */
  #isWaitingForWork = false;
  #hasEnded = false;
  #isClosing = false;
  #refusedForSpeed = 0;
  #retryMs = 0;

  constructor(session: SessionId, connection: Connection, services: SessionServices, parts: SessionParts) {
    this.connection = connection;
    this.#services = services;
    this.#session = session;
    this.device = session;
    this.#framing = parts.framing;
    this.#successorFor = parts.successorFor;
    this.#allowance = new Allowance(services.newBucket(connection.remote), services.arrivalCommands);
    this.#share = new TurnShare(services.turn, services.maxLinesPerTurn);
    this.recipient = new Recipient(session, parts.openDialect(this), connection, services.maxQueuedBytes);
    connection.handler = this;
    connection.settle();
  }

  get session(): SessionId {
    return this.#session;
  }

  get chat(): Chat {
    return this.#services.chat;
  }

  get search(): Search | undefined {
    return this.#services.search;
  }

  get history(): History {
    return this.#services.history;
  }

  get lastSequence(): number {
    return this.#services.turn.lastSequence;
  }

  get sentBytes(): number {
    return this.recipient.sentBytes;
  }

  get passwords(): Passwords {
    return this.#services.passwords;
  }

  get attempts(): Attempts {
    return this.#services.attempts;
  }

  /** Connects the session to the chat. */
  start(origin: Origin): void {
    const { delivery, devices } = this.#services;
    delivery.add(this.recipient);
    devices.add(this);
    if (this.act(connect, origin)) this.recipient.dialect.start();
    else this.#finish();
  }

  act<Input>(action: Action<Input>, input: Input): boolean {
    return this.#services.turn.act(action, this.session, input, this.recipient);
  }

  moveTo(address: string, isSecure: boolean): boolean {
    const { remote } = this.connection;
    const port = remote.kind === 'ip' ? remote.port : 0;
    const origin: RemoteAddress = { kind: 'ip', address, port };
    this.#allowance.replace(this.#services.newBucket(origin));
    return this.act(comeFrom, this.#services.originOf(origin, isSecure));
  }

  send(bytes: Buffer): void {
    if (this.#isAnswering) this.#share.answered(bytes.length);
    this.#send({ bytes, messages: 0, isAnswer: this.#isAnswering });
  }

  sendLong(beginning: Buffer, rest: Iterator<Buffer>): void {
    this.#share.answeredAtLength();
    this.#send({ bytes: beginning, messages: 0, isAnswer: true, rest: this.#allowance.charged(rest) });
    this.#waitForTurn();
  }

  #send(piece: Piece): void {
    this.#services.turn.send(this.recipient, piece);
  }

  changeRendering(room: RoomName): void {
    this.#services.delivery.changeRendering(room, this.recipient);
  }

  /** It is told no more of what happens in its rooms. */
  leaveRooms(): void {
    const { turn, delivery } = this.#services;
    turn.call(this.recipient, () => delivery.leaveRooms(this.recipient));
  }

  attach(session: SessionId): boolean {
    const { devices, turn } = this.#services;
    const { device, session: from } = this;
    if (!turn.act(attach, session, { device, from }, this.recipient)) return false;
    devices.remove(this);
    this.#session = session;
    devices.add(this);
    return true;
  }

  wait<Value>(work: Promise<Value>, goOn: (value: Value) => void): void {
    this.#isWaitingForWork = true;
    this.connection.pause();
    work.then(
      (value) => this.#goOn(() => goOn(value)),
      (fault: unknown) => this.#fail(fault),
    );
  }

  hideTyping(isHidden: boolean): void {
    this.#framing.hideTyping?.(isHidden);
    this.#sendFramingAnswer();
  }

  close(reason: string): void {
    if (this.#isClosing) return;
    this.#depart(reason);
    this.#finish();
  }

  onData(chunk: Buffer): void {
    this.#guarded(() => {
      this.#heardAt = performance.now();
      this.#framing.push(chunk, this.#heardAt);
      this.#sendFramingAnswer();
      this.#readLines();
      this.#framing.holdUnread();
    });
  }

  onEnd(): void {
    this.#hasEnded = true;
    this.#guarded(() => this.#readLines());
  }

  onDrain(): void {
    this.recipient.wake();
    if (!this.#isWaitingForDrain) return;
    this.#isWaitingForDrain = false;
    // Whoever takes what they asked for is there, though nothing is read from them meanwhile.
    this.#heardAt = performance.now();
    this.#services.turn.readLater(this);
  }

  onClose(): void {
    if (!this.#isClosing) {
      this.#isClosing = true;
      this.#depart('');
    }
    this.#silence.stop();
    this.#services.delivery.remove(this.recipient);
    this.#services.closed(this);
  }

  readOn(): void {
    this.#guarded(() => {
      if (this.#isClosing || !this.#hasTakenAnswers()) return;
      this.#isWaitingForTurn = false;
      this.#readLines();
      this.#resume();
    });
  }

  /** The framing's time has come: what the client sent so far is a message. */
  onSilence(): void {
    // Afterwards the lines are read on, and the silence is waited for anew.
    if (this.#isWaitingForWork) return;
    this.#guarded(() => {
      const line = this.#framing.fallSilent();
      if (line !== undefined) this.#take(line);
    });
  }

  /** Lets the dialect see to it that somebody is still there. */
  checkLife(nowMs: number): void {
    if (this.#isClosing) return;
    this.#guarded(() => this.recipient.dialect.checkLife(nowMs - this.#heardAt, nowMs - this.#openedAt));
  }

  #sendFramingAnswer(): void {
    const answer = this.#framing.takeAnswer();
    if (answer !== undefined) this.send(answer);
  }

  #readLines(): void {
    while (!this.#isClosing && !this.#isWaiting) {
      if (!this.#share.mayRead()) return this.#waitForTurn();
      const whole = this.#framing.next();
      const line = whole ?? (this.#hasEnded ? this.#framing.finish() : undefined);
      if (line === undefined) break;
      this.#share.readLine();
      if (whole === undefined || !this.#isHandedOver(whole)) this.#take(line);
    }
    if (this.#isClosing || this.#isWaiting) return;
    if (this.#hasEnded) {
      this.recipient.dialect.ended();
      this.close('');
    } else this.#silence.restart(this.#framing.waitMs);
  }

  /** Gives the connection away if its first line says that it speaks another dialect. */
  #isHandedOver(line: Line): boolean {
    const successor = line.kind === 'line' ? this.#successorFor?.(line.bytes) : undefined;
    this.#successorFor = undefined;
    if (successor === undefined || line.kind !== 'line') return false;
    const bytes = Buffer.concat([line.bytes, LINE_END, this.#framing.takeUnread?.() ?? NO_BYTES]);
    this.#depart('');
    this.#isClosing = true;
    this.#silence.stop();
    this.#services.delivery.remove(this.recipient);
    this.#services.handedOver(this);
    successor(this.connection, bytes);
    if (this.#hasEnded) this.connection.handler.onEnd();
    return true;
  }

  /** Puts reading on off until the next turn. */
  #waitForTurn(): void {
    if (this.#isWaitingForTurn) return;
    this.#isWaitingForTurn = true;
    this.connection.pause();
    this.#services.turn.readLater(this);
  }

  /** Whether it has taken what it asked for. If not, a long answer goes on, and this is asked again. */
  #hasTakenAnswers(): boolean {
    if (!this.#share.hasMuchToTake) return true;
    if (this.recipient.goOn()) {
      this.#share.tookAnswers();
      return true;
    }
    if (this.connection.queuedBytes > 0) this.#isWaitingForDrain = true;
    else this.#services.turn.readLater(this);
    return false;
  }

  #take(line: Line): void {
    const { dialect } = this.recipient;
    if (line.kind === 'endless') {
      dialect.farewell('A line without an end');
      return this.close('A line without an end');
    }
    const request =
      line.kind === 'line' ? dialect.read(line.bytes) : dialect.readTooLong(this.#services.maxLineBytes, line.start);
    if (request === undefined) return undefined;
    const isFree = this.#allowance.isUnlimited || this.#isUnhurried();
    const retryMs = isFree ? 0 : this.#allowance.take(request);
    if (retryMs > 0 && request.tooFast === undefined) return this.#refuseForSpeed(retryMs);
    return this.#run(retryMs === 0 ? request : { cost: 0, run: () => request.tooFast?.(retryMs) });
  }

  #isUnhurried(): boolean {
    const { areOperatorsUnhurried, chat } = this.#services;
    return areOperatorsUnhurried && chat.sessions.get(this.session)?.flags.has('operator') === true;
  }

  #run(request: Request): void {
    const { dialect } = this.recipient;
    const notKept = (): void => request.notKept?.() ?? dialect.refused({ kind: 'not-kept' });
    this.#isAnswering = true;
    try {
      this.#services.turn.request(() => request.run(), notKept);
    } catch (fault) {
      // The connection is not at fault, nor the session: it may go on without what it asked for.
      if (!(fault instanceof StorageFault)) throw fault;
      dialect.refused({ kind: 'not-readable' });
    } finally {
      this.#isAnswering = false;
    }
  }

  get #isWaiting(): boolean {
    return this.#isWaitingForTurn || this.#isWaitingForWork;
  }

  #resume(): void {
    if (!this.#isWaiting && !this.#isClosing) this.connection.resume();
  }

  /** What the client had to wait for is done. */
  #goOn(run: () => void): void {
    if (this.#isClosing) return;
    this.#isWaitingForWork = false;
    this.#guarded(() => {
      this.#run({ cost: 0, run });
      this.#readLines();
      this.#resume();
    });
  }

  /** This connection is no longer a device of its session, which ends with its last one unless it is to stay on. */
  #depart(reason: string): void {
    const wasThere = this.#services.devices.remove(this);
    // Whoever was refused, or ended otherwise, is not there any more.
    if (wasThere && this.chat.sessions.has(this.session)) this.act(detach, { device: this.device, reason });
  }

  /** Too fast is said once a turn, with the number of requests that it stands for. */
  #refuseForSpeed(retryMs: number): void {
    this.#retryMs = retryMs;
    if (this.#refusedForSpeed++ > 0) return;
    this.#services.turn.call(this.recipient, () => {
      this.recipient.dialect.tooFast(this.#refusedForSpeed, this.#retryMs);
      this.#refusedForSpeed = 0;
    });
  }

  #finish(): void {
    this.#isClosing = true;
    this.#silence.stop();
    const { turn, delivery, lingerMs } = this.#services;
    turn.call(this.recipient, () => {
      delivery.retire(this.recipient);
      turn.afterFlush(() => {
        this.recipient.cutShort();
        delivery.remove(this.recipient);
        this.connection.end(lingerMs);
      });
    });
  }

  /** A fault in one session's work ends that session alone. */
  #guarded(work: () => void): void {
    try {
      work();
    } catch (fault) {
      this.#fail(fault);
    }
  }

  #fail(fault: unknown): void {
    this.#services.fault(fault, this.connection);
    this.connection.destroy();
  }
}
