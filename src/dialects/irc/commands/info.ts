import { defineIrcCommand } from '../command.ts';
import { isThisServer } from '../server-target.ts';

/** INFO [<server>] (RFC 2812 section 3.4.10). */
export const info = defineIrcCommand({
  verb: 'INFO',
  params: { min: 0 },
  stage: 'registered',
  cost: 1,
  help: { usage: 'INFO [<server>]', summary: 'Tells about the server.' },
  run(irc, [target]) {
    if (!isThisServer(irc, target)) return;
    const { version, startedAt } = irc.options;
    irc.numeric('RPL_INFO', `${version}, a multi-user chat server`);
    irc.numeric('RPL_INFO', `Running since ${new Date(startedAt).toUTCString()}`);
    irc.numeric('RPL_ENDOFINFO', 'End of /INFO list');
  },
});
