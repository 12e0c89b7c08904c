import { defineIrcCommand } from '../command.ts';

/** ADMIN (RFC 2812 section 3.4.9). */
export const admin = defineIrcCommand({
  verb: 'ADMIN',
  params: { min: 0 },
  stage: 'registered',
  cost: 1,
  help: { usage: 'ADMIN', summary: 'Tells who runs this server.' },
  run(irc) {
    const { serverName, networkName } = irc.options;
    irc.numeric('RPL_ADMINME', serverName, 'Administrative info');
    irc.numeric('RPL_ADMINLOC1', networkName);
    irc.numeric('RPL_ADMINLOC2', 'A Partyline server');
    irc.numeric('RPL_ADMINEMAIL', 'Ask in a channel');
  },
});
