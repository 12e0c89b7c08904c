import { nickKey } from '../../../domain/nick.ts';
import { defineIrcCommand } from '../command.ts';
import { middle } from '../refusal-numerics.ts';
import { isThisServer } from '../server-target.ts';

/** People that are told of. */
const MAX_ENTRIES = 50;

/**
 * WHOWAS <nick>{,<nick>} [<count> [<server>]] (RFC 2812 section 3.6.3): those who were here, the latest first, whatever
 * order they are asked for in. The count is for all of them together; one that is not positive means no limit.
 */
export const whowas = defineIrcCommand({
  verb: 'WHOWAS',
  params: { min: 0 },
  stage: 'registered',
  cost: 2,
  help: { usage: 'WHOWAS <nick>{,<nick>} [<count>]', summary: 'Tells about people who were here.' },
  run(irc, [asked = '', countText = '', target]) {
    const names = asked.split(',').filter((name) => name !== '');
    if (names.length === 0) return irc.numeric('ERR_NONICKNAMEGIVEN', 'No nickname given');
    if (!isThisServer(irc, target)) return;
    const count = Number(countText);
    const max = count > 0 ? Math.min(count, MAX_ENTRIES) : MAX_ENTRIES;
    const wanted = new Map(names.slice(0, irc.options.limits.targets).map((name) => [nickKey(name), name]));
    const found = irc.host.chat.departed.filter((entry) => wanted.has(nickKey(entry.name))).toReversed();
    const { serverName } = irc.options;
    for (const entry of found.slice(0, max)) {
      irc.numeric('RPL_WHOWASUSER', entry.name, entry.user, entry.host, '*', entry.realName);
      irc.numeric('RPL_WHOISSERVER', entry.name, serverName, new Date(entry.at).toUTCString());
    }
    for (const { name } of found) wanted.delete(nickKey(name));
    for (const name of wanted.values()) irc.numeric('ERR_WASNOSUCHNICK', middle(name), 'There was no such nickname');
    return irc.numeric('RPL_ENDOFWHOWAS', middle(asked), 'End of WHOWAS');
  },
});
