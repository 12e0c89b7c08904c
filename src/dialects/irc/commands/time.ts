import { defineIrcCommand } from '../command.ts';

/** TIME (RFC 2812 section 3.4.6). */
export const time = defineIrcCommand({
  verb: 'TIME',
  params: { min: 0 },
  stage: 'registered',
  cost: 1,
  help: { usage: 'TIME', summary: "Tells the server's time." },
  run: (irc) => irc.numeric('RPL_TIME', irc.options.serverName, new Date().toUTCString()),
});
