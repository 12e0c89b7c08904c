import { kick as kickAction } from '../../../domain/actions/kick.ts';
import { defineIrcCommand } from '../command.ts';
import { cutText } from '../line.ts';
import { middle } from '../refusal-numerics.ts';

/** KICK <channel>{,<channel>} <nick>{,<nick>} [<reason>] (RFC 2812 section 3.2.8). */
export const kick = defineIrcCommand({
  verb: 'KICK',
  params: { min: 2 },
  stage: 'registered',
  cost: 1,
  help: { usage: 'KICK <channel> <nick>{,<nick>} [:reason]', summary: 'Puts people out of a channel.' },
  run(irc, [channelText = '', nameText = '', text = '']) {
    const channels = channelText.split(',');
    const { targets: max } = irc.options.limits;
    const names = nameText.split(',');
    const [extra] = names.splice(max);
    if (extra !== undefined) irc.numeric('ERR_TOOMANYTARGETS', middle(extra), `Too many targets (at most ${max})`);
    const [reason = ''] = cutText(text, irc.options.limits.reasonBytes);
    for (const [index, name] of names.entries()) {
      const room = irc.findRoom(channels.length === 1 ? channelText : (channels[index] ?? ''));
      if (room !== undefined) irc.act(kickAction, { room: room.name, name, reason });
    }
  },
});
