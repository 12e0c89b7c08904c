import { announce } from '../../../domain/actions/announce.ts';
import { defineIrcCommand } from '../command.ts';

/** WALLOPS <text> (RFC 2812 section 4.7). */
export const wallops = defineIrcCommand({
  verb: 'WALLOPS',
  params: { min: 1 },
  stage: 'registered',
  cost: 1,
  forOperators: true,
  help: { usage: 'WALLOPS :<text>', summary: 'Tells something to everybody with user mode +w.' },
  run: (irc, [text = '']) => irc.act(announce, { text }),
});
