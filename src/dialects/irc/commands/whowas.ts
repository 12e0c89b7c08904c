import { nickKey } from '../../../domain/nick.ts';
import { defineIrcCommand } from '../command.ts';
import { middle } from '../refusal-numerics.ts';

/** People of one nick that are told of. */
const MAX_ENTRIES = 50;

/** WHOWAS <nick> [<count>] (RFC 2812 section 3.6.3). */
export const whowas = defineIrcCommand({
  verb: 'WHOWAS',
  params: { min: 0 },
  stage: 'registered',
  cost: 2,
  help: { usage: 'WHOWAS <nick> [<count>]', summary: 'Tells about somebody who was here.' },
  run(irc, [name = '', countText = '']) {
    if (name === '') return irc.numeric('ERR_NONICKNAMEGIVEN', 'No nickname given');
    const asked = Number(countText);
    const count = asked > 0 ? Math.min(asked, MAX_ENTRIES) : MAX_ENTRIES;
    const key = nickKey(name);
    const found = irc.host.chat.departed.filter((entry) => nickKey(entry.name) === key).toReversed();
    const { serverName } = irc.options;
    for (const entry of found.slice(0, count)) {
      irc.numeric('RPL_WHOWASUSER', entry.name, entry.user, entry.host, '*', entry.realName);
      irc.numeric('RPL_WHOISSERVER', entry.name, serverName, new Date(entry.at).toUTCString());
    }
    if (found.length === 0) irc.numeric('ERR_WASNOSUCHNICK', middle(name), 'There was no such nickname');
    return irc.numeric('RPL_ENDOFWHOWAS', middle(name), 'End of WHOWAS');
  },
});
