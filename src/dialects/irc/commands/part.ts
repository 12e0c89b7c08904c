import { part as partAction } from '../../../domain/actions/part.ts';
import { defineIrcCommand } from '../command.ts';
import { cutText } from '../line.ts';

/** PART <channel>{,<channel>} [<reason>] (RFC 2812 section 3.2.2). */
export const part = defineIrcCommand({
  verb: 'PART',
  params: { min: 1 },
  stage: 'registered',
  cost: 1,
  help: { usage: 'PART <channel>{,<channel>} [:reason]', summary: 'Leaves channels.' },
  run(irc, [channels = '', text = '']) {
    const [reason = ''] = cutText(text, irc.options.limits.reasonBytes);
    for (const channel of channels.split(',')) {
      const room = irc.findRoom(channel);
      if (room !== undefined) irc.act(partAction, { room: room.name, reason });
    }
  },
});
