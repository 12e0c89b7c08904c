import type { ServerBanKind } from '../../../domain/server-ban.ts';
import type { NumericName } from '../../../protocol/irc/numerics.ts';
import { defineIrcCommand } from '../command.ts';
import { durationText } from '../duration.ts';
import { middle } from '../refusal-numerics.ts';
import type { IrcSession } from '../session.ts';
import { isThisServer } from '../server-target.ts';

/**
 * STATS [<letter> [<server>]] (RFC 2812 section 3.4.4): `u` is the time that the server has run, `k` and
 * `d` are the bans from the server, for its operators.
 */
export const stats = defineIrcCommand({
  verb: 'STATS',
  params: { min: 0 },
  stage: 'registered',
  cost: 2,
  help: {
    usage: 'STATS u | k | d [<server>]',
    summary: 'Tells how long the server has run, or who is banned from it.',
  },
  run(irc, [query = '', target]) {
    if (!isThisServer(irc, target)) return;
    const letter = middle(query.slice(0, 1));
    if (letter === 'u') {
      const seconds = Math.floor((Date.now() - irc.options.startedAt) / 1000);
      const [days, rest] = [Math.floor(seconds / 86_400), seconds % 86_400];
      const clock = [rest / 3600, (rest % 3600) / 60, rest % 60].map((part) =>
        String(Math.floor(part)).padStart(2, '0'),
      );
      irc.numeric('RPL_STATSUPTIME', `Server Up ${days} days ${clock.join(':')}`);
    }
    if (letter.toLowerCase() === 'k') sendServerBans(irc, 'name', 'RPL_STATSKLINE', 'K');
    if (letter.toLowerCase() === 'd') sendServerBans(irc, 'network', 'RPL_STATSDLINE', 'D');
    irc.numeric('RPL_ENDOFSTATS', letter, 'End of /STATS report');
  },
});

/** The bans of one kind with how long they have to run, who made them, and why. */
function sendServerBans(irc: IrcSession, kind: ServerBanKind, numeric: NumericName, letter: string): void {
  if (irc.me?.flags.has('operator') !== true) {
    return irc.numeric('ERR_NOPRIVILEGES', "Permission Denied- You're not an IRC operator");
  }
  const now = Date.now();
  for (const ban of irc.host.chat.serverBans.values()) {
    if (ban.kind !== kind || (ban.until !== undefined && ban.until <= now)) continue;
    const time = ban.until === undefined ? 'permanent' : `${durationText(ban.until - now)} left`;
    irc.numeric(numeric, letter, ban.mask, '*', '*', `${ban.reason} (by ${ban.by}, ${time})`.trimStart());
  }
  return undefined;
}
