import { defineIrcCommand } from '../command.ts';
import { isThisServer } from '../server-target.ts';

/** TIME [<server>] (RFC 2812 section 3.4.6). */
export const time = defineIrcCommand({
  verb: 'TIME',
  params: { min: 0 },
  stage: 'registered',
  cost: 1,
  help: { usage: 'TIME [<server>]', summary: "Tells the server's time." },
  run(irc, [target]) {
    if (!isThisServer(irc, target)) return;
    irc.numeric('RPL_TIME', irc.options.serverName, new Date().toUTCString());
  },
});
