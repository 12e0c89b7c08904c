import { expel } from '../../../domain/actions/expel.ts';
import { defineIrcCommand } from '../command.ts';

/** KILL <nick> [:<reason>] (RFC 2812 section 3.7.1). */
export const kill = defineIrcCommand({
  verb: 'KILL',
  params: { min: 1 },
  stage: 'registered',
  cost: 1,
  forOperators: true,
  help: { usage: 'KILL <nick> [:<reason>]', summary: 'Disconnects somebody from the server.' },
  run: (irc, [name = '', reason = '']) => {
    irc.act(expel, { name, reason });
  },
});
