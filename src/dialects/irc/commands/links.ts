import { defineIrcCommand } from '../command.ts';

/** LINKS (RFC 2812 section 3.4.5). */
export const links = defineIrcCommand({
  verb: 'LINKS',
  params: { min: 0 },
  stage: 'registered',
  cost: 1,
  help: { usage: 'LINKS', summary: 'Lists the servers of the network.' },
  run(irc) {
    const { serverName, networkName } = irc.options;
    irc.numeric('RPL_LINKS', serverName, serverName, `0 ${networkName}`);
    irc.numeric('RPL_ENDOFLINKS', '*', 'End of /LINKS list');
  },
});
