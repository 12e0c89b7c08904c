import { defineIrcCommand } from '../command.ts';
import { isThisServer } from '../server-target.ts';

/** ADMIN [<server>] (RFC 2812 section 3.4.9). */
export const admin = defineIrcCommand({
  verb: 'ADMIN',
  params: { min: 0 },
  stage: 'registered',
  cost: 1,
  help: { usage: 'ADMIN [<server>]', summary: 'Tells who runs this server.' },
  run(irc, [target]) {
    if (!isThisServer(irc, target)) return;
    const { serverName, networkName, description } = irc.options;
    irc.numeric('RPL_ADMINME', serverName, 'Administrative info');
    irc.numeric('RPL_ADMINLOC1', networkName);
    irc.numeric('RPL_ADMINLOC2', description);
    irc.numeric('RPL_ADMINEMAIL', 'Ask in a channel');
  },
});
