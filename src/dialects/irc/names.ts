import { fullName } from '../../domain/mask.ts';
import { hasRole, isVisibleTo, seesMember, type Member, type Room } from '../../domain/room.ts';
import type { Session } from '../../domain/session.ts';
import { MAX_BODY_BYTES, type OutgoingLine } from './line.ts';
import { prefixes } from './modes.ts';
import { middle } from './refusal-numerics.ts';
import type { IrcSession } from './session.ts';

/** Space kept for the nick of whoever asks, in bytes, so that most people can be sent the same lines. */
const USUAL_NICK_BYTES = 64;

/** How somebody wants to see names. */
interface NameStyle {
  readonly hasAllPrefixes: boolean;
  readonly hasUserAndHost: boolean;
  /** What one line may hold of names, in bytes. */
  readonly lineBytes: number;
}

/** Names, packed into lines. More can be added at the end. */
class NameLines {
  readonly #style: NameStyle;
  readonly #full: string[] = [];
  #last = '';
  #lastBytes = 0;
  #count = 0;
  /** The state of the room's roster that these lines are made from. */
  readonly rosterVersion: number;

  constructor(style: NameStyle, rosterVersion: number) {
    this.#style = style;
    this.rosterVersion = rosterVersion;
  }

  get count(): number {
    return this.#count;
  }

  get lines(): readonly string[] {
    return this.#last === '' ? this.#full : [...this.#full, this.#last];
  }

  add({ session: { persona }, roles }: Member): void {
    const { hasAllPrefixes, hasUserAndHost, lineBytes } = this.#style;
    const shown = prefixes(roles, hasAllPrefixes) + (hasUserAndHost ? fullName(persona) : persona.name);
    const size = Buffer.byteLength(shown) + 1;
    this.#count++;
    if (this.#lastBytes + size > lineBytes && this.#last !== '') {
      this.#full.push(this.#last);
      this.#last = '';
      this.#lastBytes = 0;
    }
    this.#last += this.#last === '' ? shown : ` ${shown}`;
    this.#lastBytes += size;
  }
}

/** The lines of rooms that somebody has asked for lately: in a storm of joins each newcomer adds but their own name. */
const known = new WeakMap<Room, Map<string, NameLines>>();

/** The names of all members. @param newest whoever came in last, if that is known. */
function allNames(room: Room, style: NameStyle, newest: Member | undefined): readonly string[] {
  const key = `${style.hasAllPrefixes} ${style.hasUserAndHost} ${style.lineBytes}`;
  let styles = known.get(room);
  if (styles === undefined) known.set(room, (styles = new Map()));
  let names = styles.get(key);
  if (names?.rosterVersion === room.rosterVersion && names.count === room.members.size) return names.lines;
  if (names?.rosterVersion === room.rosterVersion && newest !== undefined && names.count === room.members.size - 1) {
    names.add(newest);
  } else {
    styles.set(key, (names = new NameLines(style, room.rosterVersion)));
    for (const member of room.members.values()) names.add(member);
  }
  return names.lines;
}

/**
 * The names of those members that somebody may see who is not one of them, or has no voice in an auditorium. Whoever has
 * just come in is told their own name all the same (RFC 2812 section 3.2.1).
 */
function visibleNames(room: Room, style: NameStyle, viewer: Session, newest: Member | undefined): readonly string[] {
  const names = new NameLines(style, room.rosterVersion);
  const isMember = room.members.has(viewer.id);
  for (const member of room.members.values()) {
    const isShy = !isMember && member.session.flags.has('invisible');
    if (member === newest || (!isShy && seesMember(room, viewer, member.session.id))) names.add(member);
  }
  return names.lines;
}

/**
 * Sends the names of a channel's members, as many to a line as fit, and the end of them.
 * @param isNewest whether the client has just joined, and nobody since.
 */
export function sendNames(irc: IrcSession, room: Room, isNewest = false): void {
  sendNameLines(irc, room, isNewest);
  sendEndOfNames(irc, room.title);
}

/** Sends just the names, if the client may know of the channel. */
export function sendNameLines(irc: IrcSession, room: Room, isNewest = false): void {
  const { me } = irc;
  if (me === undefined || !isVisibleTo(room, me)) return;
  const symbol = room.flags.has('secret') ? '@' : room.flags.has('private') ? '*' : '=';
  const head = irc.numericLine('RPL_NAMREPLY', symbol, room.title, '').body;
  const nickBytes = Buffer.byteLength(irc.name);
  const style: NameStyle = {
    hasAllPrefixes: irc.has('multi-prefix'),
    hasUserAndHost: irc.has('userhost-in-names'),
    lineBytes: MAX_BODY_BYTES - Buffer.byteLength(head) + nickBytes - Math.max(nickBytes, USUAL_NICK_BYTES),
  };
  const member = room.members.get(me.id);
  const newest = isNewest ? member : undefined;
  const seesAll = member !== undefined && (!room.flags.has('auditorium') || hasRole(room, me.id, 'voice'));
  irc.lines(nameReplies(head, seesAll ? allNames(room, style, newest) : visibleNames(room, style, me, newest)));
}

function* nameReplies(head: string, lines: readonly string[]): Generator<OutgoingLine> {
  for (const line of lines) yield { tags: [], body: head + line };
}

/** Sends the end of the names of what the client asked for, in its own words. */
export function sendEndOfNames(irc: IrcSession, asked: string): void {
  irc.numeric('RPL_ENDOFNAMES', middle(asked), 'End of /NAMES list');
}
