import { defineIrcCommand } from '../command.ts';
import { sendIsupport } from '../greeting.ts';

/** VERSION (RFC 2812 section 3.4.3). */
export const version = defineIrcCommand({
  verb: 'VERSION',
  params: { min: 0 },
  stage: 'registered',
  cost: 1,
  help: { usage: 'VERSION', summary: "Tells the server's version." },
  run(irc) {
    const { version: text, serverName } = irc.options;
    irc.numeric('RPL_VERSION', text, serverName, '');
    sendIsupport(irc);
  },
});
