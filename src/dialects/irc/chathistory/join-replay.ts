import type { Event, Said, Told } from '../../../domain/event.ts';
import { roomConversation } from '../../../domain/conversation.ts';
import type { History } from '../../../domain/history.ts';
import { sequenceOf } from '../../../domain/message-id.ts';
import { NO_RANK } from '../../../domain/role.ts';
import type { RoomName } from '../../../domain/room-name.ts';
import type { Room } from '../../../domain/room.ts';
import { isForPeople } from '../../for-people.ts';
import type { OutgoingLine } from '../line.ts';
import type { IrcRendering } from '../rendering.ts';
import type { IrcSession } from '../session.ts';
import { asksForHistory } from './asks-for-history.ts';
import { lateLines } from './late-lines.ts';
import { sendMissedInRoom } from './missed-lines.ts';

/** Channels that a client has left of which it is remembered up to where it has seen them. */
const MAX_LEFT = 200;

/** The last things said in a room in one way of writing, and what they were made from. */
interface Replay {
  readonly said: readonly { readonly sequence: number; readonly lines: readonly OutgoingLine[] }[];
  readonly recordVersion: number;
  readonly historyVersion: number;
  readonly maxLines: number;
}

/** Made once for all who come in until something more is said: a storm of joins reads history once. */
const made = new WeakMap<Room, WeakMap<IrcRendering, Replay>>();

/** What was said lately in a channel, for a client that comes in and cannot ask for it with CHATHISTORY. */
export class JoinReplay {
  readonly #irc: IrcSession;
  /** The sequence numbers of the moments when it left channels: it has seen all that was said before. */
  #left: Map<RoomName, number> | undefined;

  constructor(irc: IrcSession) {
    this.#irc = irc;
  }

  /** Notes that this client leaves a channel, if that is what happens. */
  note(event: Event): void {
    const { session } = this.#irc.host;
    const leaves =
      (event.kind === 'parted' && event.by.session === session) ||
      (event.kind === 'kicked' && event.whom.session === session);
    if (leaves) this.left(event.room, sequenceOf(event.id) ?? 0);
  }

  /** Notes that this client has left a channel, and what had happened by then. */
  left(room: RoomName, sequence: number): void {
    const left = (this.#left ??= new Map());
    left.delete(room);
    const [oldest] = left.keys();
    if (oldest !== undefined && left.size >= MAX_LEFT) left.delete(oldest);
    left.set(room, sequence);
  }

  /** Sends what was said in a channel that the client has just come into, but not what it has seen. */
  send(room: Room): void {
    const irc = this.#irc;
    const maxLines = irc.options.limits.replayLines;
    // "This allows the server and client to act differently when delivering message history on connection."
    if (asksForHistory(irc) || !irc.host.chat.limits.keepsHistory) return;
    const left = this.#left?.get(room.name);
    const seen = irc.returning.seenInRooms;
    if (left === undefined && seen !== undefined) return sendMissedInRoom(irc, room, seen);
    if (maxLines === 0) return;
    const fresh = replayOf(room, irc, irc.rendering, maxLines).said.filter(({ sequence }) => sequence > (left ?? 0));
    if (fresh.length === 0) return;
    irc.batch(
      'chathistory',
      [room.title],
      fresh.flatMap(({ lines }) => lines),
    );
  }
}

function replayOf(room: Room, { host }: IrcSession, rendering: IrcRendering, maxLines: number): Replay {
  let renderings = made.get(room);
  if (renderings === undefined) made.set(room, (renderings = new WeakMap()));
  const known = renderings.get(rendering);
  const { recordVersion } = room;
  const historyVersion = host.history.version;
  const isCurrent = known?.recordVersion === recordVersion && known.historyVersion === historyVersion;
  if (known !== undefined && isCurrent && known.maxLines === maxLines) return known;
  const said = readLast(host.history, room, maxLines).map((event) => ({
    sequence: sequenceOf(event.id) ?? 0,
    lines: lateLines(event, rendering),
  }));
  const replay = { said, recordVersion, historyVersion, maxLines };
  renderings.set(rendering, replay);
  return replay;
}

function readLast(history: History, room: Room, limit: number): (Said | Told)[] {
  const conversation = roomConversation(room.name);
  // The same for everybody, so nothing that is for those of some role.
  const reader = { identity: undefined, rank: NO_RANK };
  return history.read({ conversation, reader, includes: 'messages' }, 'last', limit).filter(isForPeople);
}
