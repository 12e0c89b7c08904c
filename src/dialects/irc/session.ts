import { isUtf8 } from 'node:buffer';
import type { Action } from '../../domain/action.ts';
import { join } from '../../domain/actions/join.ts';
import type { AccountChanged, Event, Expelled, FlagsSet, HostChanged, MetadataSet } from '../../domain/event.ts';
import { fullName } from '../../domain/mask.ts';
import { nickKey } from '../../domain/nick.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { RoomName } from '../../domain/room-name.ts';
import { parseRoomName, type ParsedRoomName } from '../../domain/room-name.ts';
import { isVisibleTo, type Room } from '../../domain/room.ts';
import type { Device, Session } from '../../domain/session.ts';
import { parseIrcMessage, type IrcMessage } from '../../protocol/irc/message.ts';
import { tagOf } from '../../protocol/irc/tags.ts';
import { NUMERICS, type NumericName } from '../../protocol/irc/numerics.ts';
import type { DialectSession, Host, Missed, Rendering, Request } from '../dialect.ts';
import { allLines, inPieces, labelledLines, mayGoOn, type AnswerPart, type BatchNames } from './answer.ts';
import { JoinReplay } from './chathistory/join-replay.ts';
import { Returning } from './chathistory/returning.ts';
import { awayText } from './away-text.ts';
import { missedNotice } from './chathistory/missed-notice.ts';
import { renderingCapabilities } from './capabilities.ts';
import type { IrcCommand } from './command.ts';
import { commands } from './command-table.ts';
import { body, lineText, MAX_BODY_BYTES, type OutgoingLine } from './line.ts';
import { serverBanText } from './server-ban-text.ts';
import { sendNames } from './names.ts';
import { Multiline } from './multiline.ts';
import type { IrcOptions } from './options.ts';
import { middle, refusalNumeric } from './refusal-numerics.ts';
import { Registration } from './registration.ts';
import { sendPersistence } from './persistence.ts';
import { markerLine, sendRoomMarker } from './read-marker.ts';
import type { IrcRendering } from './rendering.ts';
import { sendRoomRenamed } from './room-renamed.ts';
import type { RenderingStore } from './rendering-store.ts';
import { sendLoggedIn, sendLoggedOut } from './sasl/logged-in.ts';
import { Sasl } from './sasl/sasl.ts';
import { keyLine, metadataVersion, syncPerson, syncRoom } from './metadata.ts';
import { signedLetters, userModeLetter, userModesText } from './modes.ts';
import { eachTimed, timed } from './time-tag.ts';

/** IRCv3 message-tags: bytes that a client's tags may have, with "@" and the space. */
const MAX_TAG_BYTES = 4096;

/** IRCv3 labeled-response, "Tag value": it must not be longer. One that is, is none. */
const MAX_LABEL_BYTES = 64;

/** Commands that a client may send before it is registered without their counting for its allowance. */
const MAX_FREE_COMMANDS = 60;

/** Somebody with an IRC client. */
export class IrcSession implements DialectSession {
  readonly host: Host;
  readonly options: IrcOptions;
  readonly commands = commands;
  readonly capabilities = new Set<string>();
  readonly registration: Registration;
  readonly multiline = new Multiline(this);
  readonly sasl: Sasl;
  readonly #renderings: RenderingStore;
  readonly replay = new JoinReplay(this);
  readonly returning = new Returning(this);
  #rendering: IrcRendering;
  /** What the command under way has answered so far. */
  #answer: AnswerPart[] | undefined;
  #label: string | undefined;
  #batchCount = 0;
  #isAskedForLife = false;
  /** Whoever says what is refused, when it is not the server. */
  #refusedBy: ((refusal: Refusal) => void) | undefined;
  /** While a NOTICE is dealt with: RFC 2812 section 3.3.2, no error is ever answered to it. */
  #isQuiet = false;
  /** The highest version of capability negotiation that the client has named. */
  capabilityVersion = 301;
  #freeCommands = MAX_FREE_COMMANDS;

  constructor(host: Host, options: IrcOptions, renderings: RenderingStore) {
    this.host = host;
    this.options = options;
    this.#renderings = renderings;
    this.#rendering = renderings.for([]);
    this.registration = new Registration(this);
    this.sasl = new Sasl(this);
  }

  get #names(): BatchNames {
    return { serverName: this.options.serverName, nameBatch: () => `l${++this.#batchCount}` };
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
    const tagEnd = line[0] === 0x40 ? line.indexOf(0x20) + 1 : 0;
    if (tagEnd > MAX_TAG_BYTES || line.length - tagEnd > MAX_BODY_BYTES) return this.readTooLong(0, line);
    if (!isUtf8(line)) return this.#refuseBytes(line);
    // RFC 1459 section 2.3.1: no NUL and no CR in a message. To some clients a CR that is passed on begins a new one.
    const text = line.toString('utf8').replaceAll(/[\0\r]/g, '');
    const message = parseIrcMessage(text);
    if (message === undefined) return undefined;
    const command = commands.get(message.command);
    const cost = this.multiline.costOf(message) ?? this.#costOf(command);
    const { params } = message;
    const label = this.#labelOf(message.tags.get('label'));
    const request = this.#request(cost, label, message.command, () => {
      if (!this.multiline.take(message)) this.#dispatch(command, message);
    });
    if (message.command === 'BATCH') return this.multiline.limited(request);
    const { isOfArriving } = command ?? {};
    if (command?.tooFast === undefined) return { ...request, isOfArriving };
    return {
      ...request,
      isOfArriving,
      tooFast: (retryMs) => this.#respond(label, () => command.tooFast?.(this, params, retryMs)),
    };
  }

  readTooLong(_maxBytes: number, start: Buffer): Request {
    return this.#request(1, this.#labelOf(tagOf(start, 'label')), '*', () => this.#lineTooLong());
  }

  /** The label that an answer is to have, if any. */
  #labelOf(label: string | undefined): string | undefined {
    if (label === undefined || label === '' || !this.has('labeled-response')) return undefined;
    return Buffer.byteLength(label) > MAX_LABEL_BYTES ? undefined : label;
  }

  /** A request that is answered with its label, if it has one, whether it is taken or not. */
  #request(cost: number, label: string | undefined, verb: string, run: () => void): Request {
    if (label === undefined) return { cost, run: () => this.#respond(undefined, run) };
    return {
      cost,
      run: () => this.#respond(label, run),
      tooFast: (retryMs) => this.#respond(label, () => this.#notTaken(middle(verb), 'Your command was', retryMs)),
      notKept: () => this.#respond(label, () => this.refused({ kind: 'not-kept' })),
    };
  }

  /** Registering takes many commands at once from some clients, so a good number of those is free. */
  #costOf(command: IrcCommand | undefined): number {
    if (!this.isRegistered && this.#freeCommands > 0) {
      this.#freeCommands--;
      return 0;
    }
    return command?.cost ?? 1;
  }

  #lineTooLong(): void {
    this.numeric('ERR_INPUTTOOLONG', 'Input line was too long');
  }

  tooFast(requests: number, retryMs: number): void {
    const what = requests === 1 ? 'Your last command was' : `Your last ${requests} commands were`;
    // irssi, which does not know standard replies, shows them as they go over the wire.
    if (this.has('standard-replies')) this.#notTaken('*', what, retryMs);
    else this.notice(notTakenText(what, retryMs));
  }

  #notTaken(verb: string, what: string, retryMs: number): void {
    this.fail('FAIL', verb, 'RATE_LIMITED', [], notTakenText(what, retryMs));
  }

  /** Runs something that answers a request: all that it sends is one response, labelled as the client asked. */
  #respond(label: string | undefined, run: () => void): void {
    this.#answerWith(label, [], run);
  }

  /**
   * Answers the command under way when some work is done; the client's next command waits for it. It is one answer all
   * the same, with what was answered so far.
   */
  later<Value>(work: Promise<Value>, goOn: (value: Value) => void): void {
    const label = this.#label;
    const answer = this.#answer ?? [];
    this.#answer = undefined;
    this.host.wait(work, (value) => this.#answerWith(label, answer, () => goOn(value)));
  }

  /** The command under way is answered with a later one: gives what runs the answer then, with this one's label. */
  answerLater(): (run: () => void) => void {
    const label = this.#label;
    this.#answer = undefined;
    return (run) => {
      const [outerAnswer, outerLabel] = [this.#answer, this.#label];
      this.#answerWith(label, [], run);
      this.#answer = outerAnswer;
      this.#label = outerLabel;
    };
  }

  /** Runs something whose words are an answer, and sends it unless it is to come later. */
  #answerWith(label: string | undefined, begun: AnswerPart[], run: () => void): void {
    this.#label = label;
    this.#answer = begun;
    try {
      run();
    } finally {
      const answer = this.#answer;
      this.#answer = undefined;
      if (answer !== undefined) this.#sendAnswer(answer);
      this.#label = undefined;
    }
  }

  #sendAnswer(answer: readonly AnswerPart[]): void {
    const label = this.#label;
    if (label === undefined && answer.length === 0) return;
    this.#write(label === undefined ? allLines(answer, this.#names) : labelledLines(answer, label, this.#names));
  }

  /** Everything that can be said from a command's declaration: there is none, too soon, too late, too little, not for you. */
  #dispatch(command: IrcCommand | undefined, message: IrcMessage): void {
    const { params } = message;
    const verb = middle(message.command);
    if (command === undefined) {
      if (!this.isRegistered) return this.numeric('ERR_NOTREGISTERED', 'You have not registered');
      return this.numeric('ERR_UNKNOWNCOMMAND', verb, 'Unknown command');
    }
    if (command.stage === 'registered' && !this.isRegistered) {
      return this.numeric('ERR_NOTREGISTERED', 'You have not registered');
    }
    if (command.stage === 'registering' && this.isRegistered) {
      return this.numeric('ERR_ALREADYREGISTRED', 'You may not reregister');
    }
    if (params.length < command.params.min) return this.numeric('ERR_NEEDMOREPARAMS', verb, 'Not enough parameters');
    if (command.forOperators === true && this.me?.flags.has('operator') !== true) {
      return this.numeric('ERR_NOPRIVILEGES', "Permission Denied- You're not an IRC operator");
    }
    return command.run(this, params, message);
  }

  /** IRCv3 utf8-only: what is not UTF-8 is not taken. */
  #refuseBytes(line: Buffer): Request {
    const verb = middle(parseIrcMessage(line.toString('utf8'))?.command ?? '*');
    const text = 'Message rejected: your software must send UTF-8 on this server';
    return this.#request(1, this.#labelOf(tagOf(line, 'label')), verb, () =>
      this.fail('FAIL', verb, 'INVALID_UTF8', [], text),
    );
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
    const shown = this.has('server-time') ? timed(line) : line;
    if (this.#answer === undefined) this.#write([shown]);
    else this.#answer.push(shown);
  }

  /**
   * Sends lines that may be very many: they are made as the client takes them, and meanwhile it is not told of what
   * happens, so that what they are made from may be read late.
   */
  lines(lines: Iterable<OutgoingLine>): void {
    const shown = this.has('server-time') ? eachTimed(lines) : lines;
    if (this.#answer === undefined) this.#write(shown);
    else this.#answer.push(shown);
  }

  /** Sends lines that belong together: as a batch to a client that knows batches, just so to others. */
  batch(type: string, params: readonly string[], lines: Iterable<OutgoingLine>, tags: readonly string[] = []): void {
    if (!this.has('batch')) return this.lines(lines);
    const batch = { type, params, lines, tags };
    if (this.#answer === undefined) this.#write(allLines([batch], this.#names));
    else this.#answer.push(batch);
  }

  #write(lines: Iterable<OutgoingLine>): void {
    const pieces = inPieces(lines);
    const { value: first } = pieces.next();
    if (first === undefined) return;
    if (mayGoOn(first)) this.host.sendLong(first, pieces);
    else this.host.send(first);
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

  affected(event: Event): void {
    // It may be another device of the same person that wants to know.
    if (event.kind === 'watched' && this.device?.watched.has(nickKey(event.name)) !== true) return;
    if (event.kind === 'watched' && event.change !== undefined) {
      if (this.has('extended-monitor')) this.#tell(event.change);
    } else if (event.kind === 'watched') {
      const shown = event.isHere ? fullName(event.by) : event.name;
      this.numeric(event.isHere ? 'RPL_MONONLINE' : 'RPL_MONOFFLINE', shown);
      const session = event.isHere ? this.host.chat.find(event.name) : undefined;
      if (session !== undefined) syncPerson(this, session);
    } else if (event.kind === 'metadata-set') {
      this.#metadataSet(event);
    } else if (event.kind === 'expelled') {
      this.#expelled(event);
    } else if (event.kind === 'room-renamed') {
      sendRoomRenamed(this, event);
    } else if (event.kind === 'caller-waits') {
      const { name, user, host } = event.by;
      const text = `is messaging you, and you are +g. ACCEPT ${name} lets them through`;
      this.numeric('RPL_UMODEGMSG', name, `${user}@${host}`, text);
    } else if (event.kind === 'summoned') {
      this.act(join, { room: event.to, isForced: true });
    } else if (event.kind === 'invited') {
      this.line(this.#rendering.invitation(event));
      // What somebody does to themselves they have witnessed.
    } else if (event.by.session !== this.host.session) this.#tell(event);
  }

  mirrored(event: Event): void {
    if (event.kind === 'joined') this.#entered(event);
    else if (event.kind === 'logged-in') sendLoggedIn(this);
    else if (event.kind === 'logged-out') sendLoggedOut(this);
    else if (event.kind === 'account-changed') this.#accountChanged(event);
    else if (event.kind === 'flags-set') this.#userModesChanged(event);
    else if (event.kind === 'host-changed') this.#hostChanged(event);
    else if (event.kind === 'metadata-set') this.#metadataSet(event);
    else this.#tell(event);
  }

  /** Each client is told of what it has asked for. */
  #metadataSet(event: MetadataSet): void {
    const version = metadataVersion(this);
    if (version === undefined || this.device?.subscriptions.has(event.key) !== true) return;
    if (version === 2) return this.#tell(event);
    this.line(keyLine(this, 'session' in event.of ? event.of.name : event.of.title, event.key, event.value));
  }

  #loggedIn(): void {
    sendLoggedIn(this);
    if (!this.isRegistered) return;
    this.returning.arrive();
    this.returning.sendTalks();
  }

  #userModesChanged({ by, changes }: FlagsSet): void {
    if (!this.isRegistered) return;
    const letters = signedLetters(changes.map(({ flag, on }) => ({ on, letter: userModeLetter(flag) })));
    this.line({ tags: [], body: body(fullName(by), 'MODE', by.name, letters) });
  }

  /** Clients that know nothing of CHGHOST are told by number, for they reckon with how long their own name is. */
  #hostChanged(event: HostChanged): void {
    this.#tell(event);
    this.numeric('RPL_VISIBLEHOST', event.by.host, 'is now your displayed host');
  }

  #accountChanged({ what }: AccountChanged): void {
    if (what === 'settings' && this.has('draft/persistence')) sendPersistence(this);
  }

  #expelled({ by, reason, isBanned }: Expelled): void {
    const why = reason === '' ? '' : ` (${reason})`;
    const text = isBanned ? `Banned from the server${why}` : `Killed (${by.name}${why})`;
    if (isBanned) this.numeric('ERR_YOUREBANNEDCREEP', `You are banned from this server${why}`);
    this.farewell(text);
    this.host.close(text);
  }

  witness(event: Event): void {
    switch (event.kind) {
      case 'said':
      case 'told':
      case 'annotated':
        if (this.has('echo-message')) this.#tell(event);
        if (event.kind === 'told') this.#tellWhere(event.to.name);
        return undefined;
      case 'joined':
        return this.#entered(event);
      case 'invited':
        this.numeric('RPL_INVITING', event.whom.name, event.title);
        return this.#tellWhere(event.whom.name);
      case 'away-set':
        if (this.device?.away === undefined) this.numeric('RPL_UNAWAY', 'You are no longer marked as being away');
        else this.numeric('RPL_NOWAWAY', 'You have been marked as being away');
        return undefined;
      case 'renamed':
        // Before registration nobody knows the client by any name yet, itself included.
        return this.isRegistered ? this.#tell(event) : undefined;
      case 'caller-waits':
        this.refused({ kind: 'not-accepted', name: event.whom.name, why: 'callers-accepted' });
        return this.numeric('RPL_TARGNOTIFY', event.whom.name, 'has been told that you want to message them');
      case 'flags-set':
        return this.#userModesChanged(event);
      case 'host-changed':
        return this.#hostChanged(event);
      case 'modes-set':
        this.#tell(event);
        for (const refusal of event.refusals) this.refused(refusal);
        return undefined;
      case 'kicked':
      case 'erased':
      case 'parted':
      case 'real-name-set':
      case 'redacted':
      case 'topic-set':
        return this.#tell(event);
      case 'room-renamed':
        // An operator of the server need not be in it.
        return this.me?.rooms.has(event.room) === true ? sendRoomRenamed(this, event) : this.#tell(event);
      case 'server-banned':
      case 'server-ban-lifted':
        return this.notice(serverBanText(event));
      case 'logged-in':
        return this.#loggedIn();
      case 'logged-out':
        return sendLoggedOut(this);
      case 'marked-read':
        return this.line(markerLine(this.options.serverName, middle(event.name), event.readAt));
      case 'account-changed':
        return this.#accountChanged(event);
      case 'account-removed':
      case 'announced':
      case 'attended':
      case 'connected':
      case 'disconnected':
      case 'expelled':
      case 'introduced':
      case 'marked-seen':
      case 'metadata-set':
      case 'room-closed':
      case 'room-dropped':
      case 'room-registered':
      case 'room-registration-changed':
      case 'summoned':
      case 'unattended':
      case 'watched':
        return undefined;
    }
  }

  /** An event as this client is shown it. */
  linesFor(event: Event): OutgoingLine[] {
    return this.#rendering.lines(event);
  }

  #tell(event: Event): void {
    this.replay.note(event);
    for (const line of this.linesFor(event)) this.line(line);
  }

  /**
   * Tells of somebody who was written to that they are away, or not here at all. The latter with the same numeric: to
   * clients an error means that it was not taken, but it is kept.
   */
  #tellWhere(name: string): void {
    const session = this.host.chat.find(name);
    if (session === undefined) this.numeric('RPL_AWAY', name, 'Not here; it is kept until they come');
    else if (session.away !== undefined) this.numeric('RPL_AWAY', name, awayText(session.away));
  }

  #entered(event: Event & { readonly kind: 'joined' }): void {
    this.#tell(event);
    const room = this.host.chat.rooms.get(event.room);
    if (room === undefined) return;
    if (room.topic !== undefined) this.sendTopic(room);
    sendRoomMarker(this, room);
    if (!this.has('no-implicit-names') && !this.has('draft/no-implicit-names')) sendNames(this, room, true);
    this.replay.send(room);
    syncRoom(this, room);
  }

  sendTopic(room: Room): void {
    const { topic, title } = room;
    if (topic === undefined) return this.numeric('RPL_NOTOPIC', title, 'No topic is set');
    this.numeric('RPL_TOPIC', title, topic.text);
    return this.numeric('RPL_TOPICWHOTIME', title, topic.by, `${Math.floor(topic.at / 1000)}`);
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
