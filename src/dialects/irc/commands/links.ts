import { matchesMask } from '../../../domain/mask.ts';
import { defineIrcCommand } from '../command.ts';
import { middle } from '../refusal-numerics.ts';
import { isThisServer } from '../server-target.ts';

/**
 * LINKS [[<server>] <mask>] (RFC 2812 section 3.4.5). As on most networks, who is linked with whom is told to operators
 * only; others get the end of the list, which is also what clients wait for.
 */
export const links = defineIrcCommand({
  verb: 'LINKS',
  params: { min: 0 },
  stage: 'registered',
  cost: 1,
  help: { usage: 'LINKS [[<server>] <mask>]', summary: 'Lists the servers of the network.' },
  run(irc, params) {
    const mask = params[1] ?? params[0] ?? '*';
    if (!isThisServer(irc, params.length > 1 ? params[0] : undefined)) return;
    const { serverName, description } = irc.options;
    const isOperator = irc.me?.flags.has('operator') === true;
    if (isOperator && matchesMask(mask, serverName))
      irc.numeric('RPL_LINKS', serverName, serverName, `0 ${description}`);
    irc.numeric('RPL_ENDOFLINKS', middle(mask), 'End of /LINKS list');
  },
});
