import type { Event, Joined, RoomRenamed, Told } from '../../domain/event.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { parseRoomName, type ParsedRoomName, type RoomName } from '../../domain/room-name.ts';
import { seesMember, type Room } from '../../domain/room.ts';
import type { Session } from '../../domain/session.ts';
import { introduce } from '../../domain/actions/introduce.ts';
import { join } from '../../domain/actions/join.ts';
import { markSeen } from '../../domain/actions/mark-seen.ts';
import { say } from '../../domain/actions/say.ts';
import { printable } from '../../protocol/plain/printable.ts';
import { decodeTyped, showable } from '../../protocol/plain/text.ts';
import type { DialectSession, Host, Missed, Rendering, Request } from '../dialect.ts';
import type { PlainCommand } from './command.ts';
import { commands } from './command-table.ts';
import { MissedSpans } from './missed-spans.ts';
import { parseTyped, splitArguments, type Typed } from './parse.ts';
import { refusalTexts } from './refusal-text.ts';
import { bare, elsewhere, here, lineBytes, ownPrivateBytes, reasonText } from './rendering.ts';
import { countOf, listNotices, shownName, waitText } from './show.ts';

/** What the plain dialect is told of the settings. */
export interface PlainOptions {
  /** Where everyone starts. */
  readonly lobby: ParsedRoomName;
  readonly maxNickChars: number;
  readonly maxRoomNameChars: number;
}

/** People whose names are told to somebody who enters a room; of more, only the number. */
const MAX_NAMES_ON_ENTRY = 20;

/** Somebody who speaks in bare lines. What they type goes to one room at a time, where they are talking. */
export class PlainSession implements DialectSession {
  readonly host: Host;
  readonly options: PlainOptions;
  readonly rendering: Rendering = elsewhere;
  readonly commands = commands;
  readonly missedSpans = new MissedSpans();
  #talkingIn: RoomName | undefined;
  #isWelcomed = false;
  /** Whoever waits for the next line. */
  #answer: ((line: string) => void) | undefined;
  /** The sequence number of what had happened when a line was typed last, if it has not been noted yet. */
  #typedBehind: number | undefined;
  /** Whoever has used a command knows more than the first server's protocol, and is told more. */
  #usesCommands = false;

  constructor(host: Host, options: PlainOptions) {
    this.host = host;
    this.options = options;
  }

  /** Whoever this is; a session that is reading lines is connected. */
  get me(): Session | undefined {
    return this.host.chat.sessions.get(this.host.session);
  }

  /** The room that what is typed goes to. */
  get room(): Room | undefined {
    return this.#talkingIn === undefined ? undefined : this.me?.rooms.get(this.#talkingIn);
  }

  start(): void {
    if (!this.host.act(introduce, {})) return this.host.close('Banned from the server');
    this.host.act(join, { room: this.options.lobby });
  }

  renderingFor(room: RoomName): Rendering {
    if (!this.#usesCommands) return bare;
    return room === this.#talkingIn ? here : elsewhere;
  }

  read(line: Buffer): Request | undefined {
    this.#typedBehind = this.host.lastSequence;
    const text = decodeTyped(line);
    if (text === undefined) return this.#problem('not sent: that is not valid UTF-8; set your terminal to UTF-8');
    const answer = this.#answer;
    if (answer !== undefined) return { cost: 1, run: () => this.#answered(answer, text) };
    if (text.trim() === '') return undefined;
    const typed = parseWithCare(text);
    if (typed.kind === 'text') return { cost: 1, run: () => this.say('speech', typed.text) };
    const command = commands.get(typed.name);
    if (command === undefined) {
      return this.#problem(
        `there is no command /${printable(typed.name)}; try /help, or // to say a line with a slash`,
      );
    }
    const args = splitArguments(typed.rest, command.words);
    if (args.length < command.min) return this.#problem(`use it like this: ${command.help.usage}`);
    return { cost: command.cost, run: () => this.#run(command, args) };
  }

  /** The next line is an answer to something that was asked, whatever is in it. */
  answerNext(answer: (line: string) => void): void {
    this.#answer = answer;
  }

  /** This has become a device of somebody who is here already. */
  attached(): void {
    this.talkIn(this.me?.rooms.keys().next().value);
    const { me, room } = this;
    const where = room === undefined ? 'in no room' : `in ${room.title}`;
    if (me !== undefined) this.notice(`you are ${me.persona.name} here too; you talk ${where}`);
  }

  say(manner: 'speech' | 'deed', text: string): void {
    const room = this.room;
    if (room === undefined) this.notice(`not sent: you are in no room; /join ${this.options.lobby.title} to talk`);
    else this.host.act(say, { room: room.name, manner, text });
  }

  /** Tells this session something about what it did. */
  notice(text: string): void {
    this.host.send(lineBytes(`* ${text}`));
  }

  list(heading: string, items: readonly string[]): void {
    this.host.send(lineBytes(listNotices(heading, items).join('\n')));
  }

  /** Reads a room's name as people type it, with or without the #. Tells them and gives undefined when it is none. */
  parseRoom(text: string): ParsedRoomName | undefined {
    const parsed = parseRoomName(text.startsWith('#') ? text : `#${text}`, this.options.maxRoomNameChars);
    if (parsed.ok) return parsed.value;
    this.refused({ kind: 'bad-room-name', room: text, problem: parsed.error });
    return undefined;
  }

  /** From now on what is typed goes to this room. */
  talkIn(room: RoomName | undefined): void {
    const before = this.#talkingIn;
    if (before === room) return;
    this.#talkingIn = room;
    if (before !== undefined) this.host.changeRendering(before);
    if (room !== undefined) this.host.changeRendering(room);
  }

  readTooLong(maxBytes: number): Request {
    const text = `not sent: the line is too long (at most ${maxBytes} bytes); send it in pieces`;
    return { cost: 1, run: () => this.notice(text) };
  }

  tooFast(requests: number, retryMs: number): void {
    const what = requests === 1 ? 'that was' : `${requests} lines were`;
    this.notice(`not sent: ${what} too fast; try again in ${waitText(retryMs)}`);
  }

  /** A plain client may be silent for as long as it likes; the system finds out whether it is still there. */
  checkLife(): void {
    if (this.#typedBehind !== undefined) this.#seen(this.#typedBehind);
    this.#typedBehind = undefined;
  }

  ended(): void {
    this.#seen(this.host.lastSequence);
  }

  /** Whoever types, or goes of their own accord, has seen what they were sent before. */
  #seen(upTo: number): void {
    if (this.me?.account !== undefined) this.host.act(markSeen, { device: this.host.device, upTo });
  }

  refused(refusal: Refusal): void {
    for (const text of refusalTexts(refusal)) this.notice(text);
  }

  missed({ messages, span }: Missed): Buffer {
    const skipped = `* ${countOf(messages, 'message', 'messages')} skipped`;
    if (span === undefined) return lineBytes(skipped);
    this.missedSpans.addMissed(span);
    return lineBytes(`${skipped}; /catchup shows what was said`);
  }

  farewell(reason: string): void {
    this.notice(reason);
  }

  witness(event: Event): void {
    switch (event.kind) {
      case 'joined':
        return this.#entered(event);
      case 'parted': {
        if (this.#talkingIn === event.room) this.talkIn(this.me?.rooms.keys().next().value);
        return this.notice(`you left ${event.title}; ${this.#whereText()}`);
      }
      case 'renamed':
        return this.notice(`you are now ${event.by.name}`);
      case 'told':
        return this.#told(event);
      case 'topic-set':
        return this.notice(
          event.topic === undefined ? `topic of ${event.title} cleared` : `topic of ${event.title} set`,
        );
      case 'caller-waits':
        return this.refused({ kind: 'not-accepted', name: event.whom.name, why: 'callers-accepted' });
      case 'logged-in':
        return this.notice(`you are logged in as ${event.account.name}`);
      case 'room-registered':
        return this.notice(`${event.title} is yours now: it stays, and you are its founder whenever you come`);
      case 'room-dropped':
        return this.notice(`${event.title} belongs to nobody now`);
      case 'room-renamed':
        return this.#roomRenamed(event);
      case 'logged-out':
        return this.notice('you are logged out');
      case 'account-changed':
      case 'account-removed':
      case 'annotated':
      case 'announced':
      case 'attended':
      case 'away-set':
      case 'connected':
      case 'disconnected':
      case 'erased':
      case 'flags-set':
      case 'host-changed':
      case 'introduced':
      case 'invited':
      case 'kicked':
      case 'marked-read':
      case 'marked-seen':
      case 'metadata-set':
      case 'modes-set':
      case 'real-name-set':
      case 'redacted':
      case 'room-closed':
      case 'room-registration-changed':
      case 'said':
      case 'expelled':
      case 'server-ban-lifted':
      case 'server-banned':
      case 'summoned':
      case 'unattended':
      case 'watched':
        return undefined;
    }
  }

  mirrored(event: Event): void {
    const isOut = event.kind === 'parted' || (event.kind === 'kicked' && event.whom.session === this.host.session);
    if (isOut && this.#talkingIn === event.room) this.talkIn(this.me?.rooms.keys().next().value);
    if (event.kind === 'logged-out') return this.notice('you are logged out');
    const rendering = 'room' in event ? this.renderingFor(event.room) : this.rendering;
    const bytes = event.kind === 'told' ? ownPrivateBytes(event) : rendering.render(event);
    if (bytes !== undefined) this.host.send(bytes);
  }

  affected(event: Event): void {
    if (event.kind === 'invited') {
      return this.notice(`${shownName(event.by)} invites you to ${event.title}; /join ${event.title} takes you there`);
    }
    if (event.kind === 'expelled') {
      const reason = event.reason === '' ? '' : ` (${showable(event.reason)})`;
      const isOwn = event.by.account !== undefined && event.by.account === event.whom.account;
      const who = isOwn ? 'you, from elsewhere, have' : `${shownName(event.by)}, an operator of the server, has`;
      this.notice(`${who} disconnected you${reason}`);
      return this.host.close(`Killed (${event.by.name}${reason})`);
    }
    if (event.kind === 'room-renamed') return this.#roomRenamed(event);
    if (event.kind === 'summoned') {
      this.host.act(join, { room: event.to, isForced: true });
      return undefined;
    }
    // What somebody does to themselves they have witnessed, on this device or another.
    if (event.kind !== 'kicked' || event.by.session === this.host.session) return undefined;
    if (this.#talkingIn === event.room) this.talkIn(this.me?.rooms.keys().next().value);
    const why = event.reason === '' ? '' : ` (${showable(event.reason)})`;
    return this.notice(`${shownName(event.by)} put you out of ${event.title}${why}; ${this.#whereText()}`);
  }

  /** Whoever is shown nothing but what is said finds the room's new name when they ask. */
  #roomRenamed(event: RoomRenamed): void {
    if (this.#talkingIn === event.oldName.key) this.#talkingIn = event.newName.key;
    const bytes = this.renderingFor(event.newName.key).render(event);
    if (bytes !== undefined) this.host.send(bytes);
  }

  /** Where what is typed goes, for somebody who has left a room. */
  #whereText(): string {
    return this.room === undefined ? 'you are in no room now; /join one to talk' : `you talk in ${this.room.title} now`;
  }

  #told({ to }: Told): void {
    const session = this.host.chat.nicks.get(to.key);
    if (session === undefined) return this.notice(`${shownName(to)} is not here; it is kept until they come`);
    const { away } = session;
    const where = away === undefined ? '' : `, who is away${reasonText(away)}`;
    this.notice(`sent to ${shownName(to)} alone${where}`);
  }

  /** An answer that came too fast is no answer: it is waited for on, so that nobody says their password to the room. */
  #answered(answer: (line: string) => void, line: string): void {
    this.#answer = undefined;
    answer(line);
  }

  #run(command: PlainCommand, args: readonly string[]): void {
    if (!this.#usesCommands) {
      this.#usesCommands = true;
      for (const room of this.me?.rooms.keys() ?? []) this.host.changeRendering(room);
    }
    command.run(this, args);
  }

  #entered(event: Joined): void {
    this.talkIn(event.room);
    const room = this.room;
    if (room === undefined) return;
    if (!this.#isWelcomed) return this.#welcome(event, room);
    const { me } = this;
    const others = [...room.members.values()].filter(
      ({ session }) => session !== me && me !== undefined && seesMember(room, me, session.id),
    );
    if (others.length === 0) this.notice(`you are in ${room.title} now; nobody else is`);
    else if (others.length > MAX_NAMES_ON_ENTRY)
      this.notice(`you are in ${room.title} now, with ${others.length} others`);
    else
      this.list(
        `you are in ${room.title} now, with`,
        others.map(({ session }) => shownName(session.persona)),
      );
    if (room.topic !== undefined) this.notice(`topic: ${showable(room.topic.text)}`);
  }

  #welcome({ by }: Joined, room: Room): void {
    this.#isWelcomed = true;
    const others = room.members.size - 1;
    const company = others === 0 ? ', alone so far' : ` with ${countOf(others, 'other', 'others')}`;
    this.host.send(lineBytes(`welcome! you are ${shownName(by)} in ${room.title}${company}. /nick NAME, /help`));
  }

  #problem(text: string): Request {
    return { cost: 1, run: () => this.notice(text) };
  }
}

/** What may have a password in it is a command with blanks before its slash too, and not said to everybody. */
function parseWithCare(line: string): Typed {
  const typed = parseTyped(line);
  const bare = parseTyped(line.trimStart());
  return bare.kind === 'command' && commands.get(bare.name)?.takesPassword === true ? bare : typed;
}
