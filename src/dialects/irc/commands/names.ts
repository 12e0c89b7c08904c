import { defineIrcCommand } from '../command.ts';
import { sendNames } from '../names.ts';
import { middle } from '../refusal-numerics.ts';

/** NAMES <channel>{,<channel>} (RFC 2812 section 3.2.5). A channel that is not there has no names. */
export const names = defineIrcCommand({
  verb: 'NAMES',
  params: { min: 0 },
  stage: 'registered',
  cost: 0.5,
  help: { usage: 'NAMES <channel>{,<channel>}', summary: 'Lists who is in a channel.' },
  run(irc, [text = '*']) {
    for (const channel of text.split(',').slice(0, irc.options.limits.targets)) {
      const room = irc.lookUpRoom(channel);
      if (room === undefined) irc.numeric('RPL_ENDOFNAMES', middle(channel), 'End of /NAMES list');
      else sendNames(irc, room);
    }
  },
});
