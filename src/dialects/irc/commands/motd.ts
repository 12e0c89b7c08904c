import { defineIrcCommand } from '../command.ts';
import { sendMotd } from '../greeting.ts';

/** MOTD (RFC 2812 section 3.4.1). */
export const motd = defineIrcCommand({
  verb: 'MOTD',
  params: { min: 0 },
  stage: 'registered',
  cost: 1,
  help: { usage: 'MOTD', summary: 'Shows the message of the day.' },
  run(irc, [target]) {
    if (target !== undefined && target !== irc.options.serverName) {
      return irc.numeric('ERR_NOSUCHSERVER', target, 'No such server');
    }
    return sendMotd(irc);
  },
});
