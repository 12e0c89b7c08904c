import type { Action } from '../../domain/action.ts';
import type { Event } from '../../domain/event.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { RoomName } from '../../domain/room-name.ts';
import { parseRoomName, type ParsedRoomName } from '../../domain/room-name.ts';
import { isVisibleTo, type Room } from '../../domain/room.ts';
import type { Device, Session } from '../../domain/session.ts';
import { NUMERICS, type NumericName } from '../../protocol/irc/numerics.ts';
import type { DialectSession, Host, Missed, Rendering, Request } from '../dialect.ts';
import { JoinReplay } from './chathistory/join-replay.ts';
import { Returning } from './chathistory/returning.ts';
import { missedNotice } from './chathistory/missed-notice.ts';
import { renderingCapabilities } from './capabilities.ts';
import { commands } from './command-table.ts';
import { body, lineText, type OutgoingLine } from './line.ts';
import { Multiline } from './multiline.ts';
import type { IrcOptions } from './options.ts';
import { refusalNumeric } from './refusal-numerics.ts';
import { Registration } from './registration.ts';
import { RequestReader } from './request-reader.ts';
import type { IrcRendering } from './rendering.ts';
import type { RenderingStore } from './rendering-store.ts';
import { Sasl } from './sasl/sasl.ts';
import { userModesText } from './modes.ts';
import { eachTimed, timed } from './time-tag.ts';
import { Answering } from './answering.ts';
import { affected, mirrored, witness } from './telling.ts';

/** Somebody with an IRC client. */
export class IrcSession implements DialectSession {
  readonly host: Host;
  readonly options: IrcOptions;
  readonly commands = commands;
  readonly capabilities = new Set<string>();
  readonly registration: Registration;
  readonly multiline = new Multiline(this);
  readonly sasl: Sasl;
  readonly #answering: Answering;
  readonly #reader: RequestReader;
  readonly #renderings: RenderingStore;
  readonly replay = new JoinReplay(this);
  readonly returning = new Returning(this);
  #rendering: IrcRendering;
  #isAskedForLife = false;
  /** Whoever says what is refused, when it is not the server. */
  #refusedBy: ((refusal: Refusal) => void) | undefined;
  /** While a NOTICE is dealt with: RFC 2812 section 3.3.2, no error is ever answered to it. */
  #isQuiet = false;
  /** The highest version of capability negotiation that the client has named. */
  capabilityVersion = 301;

  constructor(host: Host, options: IrcOptions, renderings: RenderingStore) {
    this.host = host;
    this.options = options;
    this.#renderings = renderings;
    this.#rendering = renderings.for([]);
    this.registration = new Registration(this);
    this.sasl = new Sasl(this);
    this.#answering = new Answering(host, options.serverName);
    this.#reader = new RequestReader(this, this.#answering);
  }

  get rendering(): IrcRendering {
    return this.#rendering;
  }

  get me(): Session | undefined {
    return this.host.chat.sessions.get(this.host.session);
  }

  /** This very client among those of the same person. */
  get device(): Device | undefined {
    return this.me?.devices.get(this.host.device);
  }

  /** What the server calls this client: `*` until it has a nick. */
  get name(): string {
    return (this.isRegistered ? this.me?.persona.name : this.registration.wantedNick?.name) ?? '*';
  }

  get isRegistered(): boolean {
    return this.registration.isComplete;
  }

  has(capability: string): boolean {
    return this.capabilities.has(capability);
  }

  start(): void {}

  renderingFor(): Rendering {
    return this.#rendering;
  }

  /** The client's capabilities have changed: it is written to differently from now on. */
  capabilitiesChanged(): void {
    this.#rendering = this.#renderings.for(renderingCapabilities(this.capabilities));
    for (const room of this.me?.rooms.keys() ?? []) this.host.changeRendering(room);
  }

  /** Does something as this client. True if it was not refused. */
  act<Input>(action: Action<Input>, input: Input): boolean {
    return this.host.act(action, input);
  }

  /** The same, where somebody else says what is refused. */
  actFor<Input>(refused: (refusal: Refusal) => void, action: Action<Input>, input: Input): boolean {
    this.#refusedBy = refused;
    try {
      return this.host.act(action, input);
    } finally {
      this.#refusedBy = undefined;
    }
  }

  // Reading

  read(line: Buffer): Request | undefined {
    return this.#reader.read(line);
  }

  readTooLong(_maxBytes: number, start: Buffer): Request {
    return this.#reader.readTooLong(start);
  }

  tooFast(requests: number, retryMs: number): void {
    const what = requests === 1 ? 'Your last command was' : `Your last ${requests} commands were`;
    // irssi, which does not know standard replies, shows them as they go over the wire.
    if (this.has('standard-replies')) this.notTaken('*', what, retryMs);
    else this.notice(notTakenText(what, retryMs));
  }

  /** Says that a command was not taken, since it came too soon. */
  notTaken(verb: string, what: string, retryMs: number): void {
    this.fail('FAIL', verb, 'RATE_LIMITED', [], notTakenText(what, retryMs));
  }

  // Writing

  /** Sends a message from the server, such as PONG. */
  fromServer(command: string, ...params: readonly string[]): void {
    this.line({ tags: [], body: body(this.options.serverName, command, ...params) });
  }

  /** Sends a numeric; the client's own name is put in front of the parameters. */
  numeric(name: NumericName, ...params: readonly string[]): void {
    if (!this.#isQuiet) this.line(this.numericLine(name, ...params));
  }

  /** A numeric that is to be sent with `lines`. */
  numericLine(name: NumericName, ...params: readonly string[]): OutgoingLine {
    return { tags: [], body: body(this.options.serverName, NUMERICS[name], this.name, ...params) };
  }

  /** Sends a standard reply (IRCv3 standard-replies), also to clients that did not ask: they show what they do not know. */
  fail(type: 'FAIL' | 'WARN' | 'NOTE', verb: string, code: string, context: readonly string[], text: string): void {
    this.line(this.failLine(type, verb, code, context, text));
  }

  /** A standard reply that is to be sent with `lines`. */
  failLine(
    type: 'FAIL' | 'WARN' | 'NOTE',
    verb: string,
    code: string,
    context: readonly string[],
    text: string,
  ): OutgoingLine {
    return { tags: [], body: `${body(this.options.serverName, type, verb, code, ...context)} :${text}` };
  }

  /** Runs something whose errors nobody is told of. */
  quietly(run: () => void): void {
    this.#isQuiet = true;
    try {
      run();
    } finally {
      this.#isQuiet = false;
    }
  }

  /** Tells the client something in words. */
  notice(text: string): void {
    this.fromServer('NOTICE', this.name, text);
  }

  line(line: OutgoingLine): void {
    this.#answering.put(this.has('server-time') ? timed(line) : line);
  }

  /**
   * Sends lines that may be very many: they are made as the client takes them, and meanwhile it is not told of what
   * happens, so that what they are made from may be read late.
   */
  lines(lines: Iterable<OutgoingLine>): void {
    this.#answering.put(this.has('server-time') ? eachTimed(lines) : lines);
  }

  /** Sends lines that belong together: as a batch to a client that knows batches, just so to others. */
  batch(type: string, params: readonly string[], lines: Iterable<OutgoingLine>, tags: readonly string[] = []): void {
    if (!this.has('batch')) return this.lines(lines);
    return this.#answering.put({ type, params, lines, tags });
  }

  // Telling

  checkLife(silentMs: number, ageMs: number): void {
    const { registrationMs, pingMs, timeoutMs } = this.options.times;
    this.multiline.checkTime(ageMs);
    if (!this.isRegistered && ageMs >= registrationMs) this.#giveUp('Registration timed out');
    else if (silentMs >= timeoutMs) this.#giveUp(`Ping timeout: ${Math.floor(timeoutMs / 1000)} seconds`);
    else if (this.isRegistered && silentMs >= pingMs) {
      if (!this.#isAskedForLife) this.line({ tags: [], body: `PING :${this.options.serverName}` });
      this.#isAskedForLife = true;
    } else this.#isAskedForLife = false;
    if (this.isRegistered) this.returning.ask();
  }

  #giveUp(reason: string): void {
    this.farewell(reason);
    this.host.close(reason);
  }

  refused(refusal: Refusal): void {
    if (this.#refusedBy !== undefined) return this.#refusedBy(refusal);
    if (refusal.kind === 'already-in-room') return;
    for (const one of refusal.kind === 'several' ? refusal.refusals : [refusal]) {
      const [name, ...params] = refusalNumeric(one);
      this.numeric(name, ...params);
    }
  }

  /** A client that was killed ends so, too; how far it has got only its answers tell. */
  ended(): void {}

  missed(missed: Missed): Buffer {
    const line = missedNotice(this, missed);
    return Buffer.from(lineText(this.has('server-time') ? timed(line) : line));
  }

  farewell(reason: string): void {
    this.line({ tags: [], body: `ERROR :Closing link: (${reason})` });
  }

  /** Answers the command under way when some work is done; the client's next command waits for it. */
  later<Value>(work: Promise<Value>, goOn: (value: Value) => void): void {
    this.#answering.later(work, goOn);
  }

  /** The command under way is answered with a later one: gives what runs the answer then, with this one's label. */
  answerLater(): (run: () => void) => void {
    return this.#answering.answerLater();
  }

  affected(event: Event): void {
    affected(this, event);
  }

  mirrored(event: Event): void {
    mirrored(this, event);
  }

  witness(event: Event): void {
    witness(this, event);
  }

  /** An event as this client is shown it. */
  linesFor(event: Event): OutgoingLine[] {
    return this.#rendering.lines(event);
  }

  /** Events as this client is shown them, each made when its turn comes. */
  *linesOf(events: Iterable<Event>): Generator<OutgoingLine> {
    for (const event of events) yield* this.linesFor(event);
  }

  sendTopic(room: Room): void {
    const { topic, title } = room;
    if (topic === undefined) return this.numeric('RPL_NOTOPIC', title, 'No topic is set');
    this.numeric('RPL_TOPIC', title, topic.text);
    return this.numeric('RPL_TOPICWHOTIME', title, topic.fullName ?? topic.by, `${Math.floor(topic.at / 1000)}`);
  }

  sendUserModes(): void {
    const own = this.me;
    if (own !== undefined) this.numeric('RPL_UMODEIS', userModesText(own));
  }

  /** Reads a channel's name. Tells the client and gives undefined when it is none. */
  parseRoom(text: string): ParsedRoomName | undefined {
    const parsed = parseRoomName(text, this.options.limits.roomNameChars);
    if (parsed.ok) return parsed.value;
    this.refused({ kind: 'bad-room-name', room: text, problem: parsed.error });
    return undefined;
  }

  /** A channel by its name, if there is one; nobody is told if not. */
  lookUpRoom(text: string): Room | undefined {
    const parsed = parseRoomName(text, this.options.limits.roomNameChars);
    return parsed.ok ? this.host.chat.rooms.get(parsed.value.key) : undefined;
  }

  /** A channel that this client may know of. Tells it and gives undefined when there is none. */
  findRoom(text: string): Room | undefined {
    const key: RoomName | undefined = this.parseRoom(text)?.key;
    if (key === undefined) return undefined;
    const room = this.host.chat.rooms.get(key);
    if (room !== undefined && this.me !== undefined && isVisibleTo(room, this.me)) return room;
    this.refused({ kind: 'no-such-room', room: text });
    return undefined;
  }
}

function notTakenText(what: string, retryMs: number): string {
  return `${what} not taken: too fast; try again in ${(Math.ceil(retryMs / 100) / 10).toFixed(1)} s`;
}
