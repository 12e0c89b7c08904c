import { defineIrcCommand } from '../command.ts';
import { sendMotd } from '../greeting.ts';
import { isThisServer } from '../server-target.ts';

/** MOTD [<server>] (RFC 2812 section 3.4.1). */
export const motd = defineIrcCommand({
  verb: 'MOTD',
  params: { min: 0 },
  stage: 'registered',
  cost: 1,
  help: { usage: 'MOTD [<server>]', summary: 'Shows the message of the day.' },
  run(irc, [target]) {
    if (isThisServer(irc, target)) sendMotd(irc);
  },
});
