import { defineIrcCommand } from '../command.ts';
import { sendIsupport } from '../greeting.ts';
import { isThisServer } from '../server-target.ts';

/** VERSION [<server>] (RFC 2812 section 3.4.3). */
export const version = defineIrcCommand({
  verb: 'VERSION',
  params: { min: 0 },
  stage: 'registered',
  cost: 1,
  help: { usage: 'VERSION [<server>]', summary: "Tells the server's version." },
  run(irc, [target]) {
    if (!isThisServer(irc, target)) return;
    const { version: text, serverName } = irc.options;
    irc.numeric('RPL_VERSION', text, serverName, '');
    sendIsupport(irc);
  },
});
