import { matchesMask } from '../../../domain/mask.ts';
import { isVisibleTo, type Room } from '../../../domain/room.ts';
import { defineIrcCommand } from '../command.ts';
import type { OutgoingLine } from '../line.ts';
import type { IrcSession } from '../session.ts';

/** LIST [<channels or conditions>] (RFC 2812 section 3.2.6, ELIST=CMNTU of Modern). */
export const list = defineIrcCommand({
  verb: 'LIST',
  params: { min: 0 },
  stage: 'registered',
  cost: 3,
  help: { usage: 'LIST [<channel|mask|>n|<n|C<min|T>min>,...]', summary: 'Lists channels.' },
  run(irc, [text = '']) {
    const conditions = text
      .split(',')
      .filter((item) => item !== '')
      .map(readCondition);
    irc.numeric('RPL_LISTSTART', 'Channel', 'Users  Name');
    irc.lines(channels(irc, conditions));
    irc.numeric('RPL_LISTEND', 'End of /LIST');
  },
});

function* channels(irc: IrcSession, conditions: readonly Condition[]): Generator<OutgoingLine> {
  const { me } = irc;
  const now = Date.now();
  for (const room of irc.host.chat.rooms.values()) {
    // A channel that nobody is in is none, to IRC; this one is just kept.
    if (me === undefined || room.members.size === 0 || !isVisibleTo(room, me)) continue;
    if (!holds(conditions, room, now)) continue;
    yield irc.numericLine('RPL_LIST', room.title, `${room.members.size}`, room.topic?.text ?? '');
  }
}

type Condition =
  | { readonly kind: 'name'; readonly holds: (room: Room) => boolean }
  | { readonly kind: 'other'; readonly holds: (room: Room, now: number) => boolean };

function readCondition(text: string): Condition {
  const parts = /^([CT]?)([<>])(\d+)$/.exec(text);
  if (parts === null) {
    if (text.startsWith('!')) return { kind: 'other', holds: ({ name }) => !matchesMask(text.slice(1), name) };
    return { kind: 'name', holds: ({ name }) => matchesMask(text, name) };
  }
  const [, what, sign, digits] = parts;
  const bound = Number(digits);
  // "C>5" is made more than five minutes ago; "<5" is fewer than five people.
  const compare = (value: number): boolean => (sign === '<' ? value < bound : value > bound);
  if (what === 'C') return { kind: 'other', holds: ({ createdAt }, now) => compare((now - createdAt) / 60_000) };
  if (what === 'T') {
    return { kind: 'other', holds: ({ topic }, now) => topic !== undefined && compare((now - topic.at) / 60_000) };
  }
  return { kind: 'other', holds: ({ members }) => compare(members.size) };
}

/** One of the names must be the room's, if there are names, and all other conditions must hold. */
function holds(conditions: readonly Condition[], room: Room, now: number): boolean {
  const names = conditions.filter((condition) => condition.kind === 'name');
  if (names.length > 0 && !names.some((condition) => condition.holds(room))) return false;
  return conditions.every((condition) => condition.kind === 'name' || condition.holds(room, now));
}
