import type { Room } from '../../../domain/room.ts';
import { defineIrcCommand } from '../command.ts';
import { sendEndOfNames, sendNameLines } from '../names.ts';
import type { IrcSession } from '../session.ts';

/** People that NAMES without a channel lists, give or take a channel. */
const MAX_NAMES = 500;

/**
 * NAMES [<channel>{,<channel>}] (RFC 2812 section 3.2.5, Modern). However many channels, the answer has one end, with
 * what was asked for. A channel that is not there has no names.
 */
export const names = defineIrcCommand({
  verb: 'NAMES',
  params: { min: 0 },
  stage: 'registered',
  cost: 0.5,
  isOfArriving: true,
  help: { usage: 'NAMES [<channel>{,<channel>}]', summary: 'Lists who is in a channel.' },
  run(irc, [text = '']) {
    const rooms = text === '' ? firstRooms(irc) : askedRooms(irc, text);
    for (const room of rooms) sendNameLines(irc, room);
    return sendEndOfNames(irc, text);
  },
});

function askedRooms(irc: IrcSession, text: string): Room[] {
  const channels = text.split(',').slice(0, irc.options.limits.targets);
  return channels.flatMap((channel) => irc.lookUpRoom(channel) ?? []);
}

function firstRooms(irc: IrcSession): Room[] {
  const rooms: Room[] = [];
  let people = 0;
  for (const room of irc.host.chat.rooms.values()) {
    if (people >= MAX_NAMES) break;
    rooms.push(room);
    people += room.members.size;
  }
  return rooms;
}
