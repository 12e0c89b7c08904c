import { join as joinAction } from '../../../domain/actions/join.ts';
import { part } from '../../../domain/actions/part.ts';
import { defineIrcCommand } from '../command.ts';

/** Channels that one JOIN takes; the limit of rooms per session holds besides. */
const MAX_CHANNELS = 100;

/** JOIN <channel>{,<channel>} [<key>{,<key>}] (RFC 2812 section 3.2.1). JOIN 0 leaves all channels. */
export const join = defineIrcCommand({
  verb: 'JOIN',
  params: { min: 1 },
  stage: 'registered',
  cost: 1,
  help: { usage: 'JOIN <channel>{,<channel>} [<key>{,<key>}]', summary: 'Enters channels.' },
  run(irc, [channels = '', keyText = '']) {
    if (channels === '0') {
      for (const room of irc.me?.rooms.keys() ?? []) irc.act(part, { room, reason: 'Left all channels' });
      return;
    }
    const keys = keyText.split(',');
    for (const [index, channel] of channels.split(',').slice(0, MAX_CHANNELS).entries()) {
      const room = irc.parseRoom(channel);
      if (room === undefined) continue;
      const key = keys[index] === '' ? undefined : keys[index];
      const forward = irc.host.chat.rooms.get(room.key)?.forward;
      irc.act(joinAction, { room, key });
      // A channel that keeps somebody out may send them on to another.
      if (forward === undefined || irc.me?.rooms.has(room.key) === true) continue;
      const next = irc.parseRoom(forward);
      if (next !== undefined && next.key !== room.key) irc.act(joinAction, { room: next });
    }
  },
});
