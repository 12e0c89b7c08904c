import { join as joinAction } from '../../../domain/actions/join.ts';
import { part } from '../../../domain/actions/part.ts';
import type { ParsedRoomName } from '../../../domain/room-name.ts';
import { forwardOf } from '../../../domain/room.ts';
import { defineIrcCommand } from '../command.ts';
import type { IrcSession } from '../session.ts';

/** A channel that keeps somebody out may send them on to another: one step, not further. */
function followForward(irc: IrcSession, from: ParsedRoomName): void {
  const { chat } = irc.host;
  const room = chat.rooms.get(from.key);
  const next = room === undefined ? undefined : forwardOf(chat, room);
  if (next !== undefined) irc.act(joinAction, { room: { key: next.name, title: next.title } });
}

/** JOIN <channel>{,<channel>} [<key>{,<key>}] (RFC 2812 section 3.2.1). JOIN 0 leaves all channels. */
export const join = defineIrcCommand({
  verb: 'JOIN',
  params: { min: 1 },
  stage: 'registered',
  cost: 1,
  isOfArriving: true,
  help: { usage: 'JOIN <channel>{,<channel>} [<key>{,<key>}]', summary: 'Enters channels.' },
  run(irc, [channels = '', keyText = '']) {
    if (channels === '0') {
      for (const room of irc.me?.rooms.keys() ?? []) irc.act(part, { room, reason: 'Left all channels' });
      return;
    }
    const keys = keyText.split(',');
    for (const [index, channel] of channels.split(',').entries()) {
      const room = irc.parseRoom(channel);
      if (room === undefined) continue;
      const key = keys[index] === '' ? undefined : keys[index];
      irc.act(joinAction, { room, key });
      if (irc.me?.rooms.has(room.key) === false) followForward(irc, room);
    }
  },
});
