import { defineIrcCommand } from '../command.ts';
import { middle } from '../refusal-numerics.ts';
import { isThisServer } from '../server-target.ts';

/** STATS [<letter> [<server>]] (RFC 2812 section 3.4.4): `u` is the time that the server has run. */
export const stats = defineIrcCommand({
  verb: 'STATS',
  params: { min: 0 },
  stage: 'registered',
  cost: 2,
  help: { usage: 'STATS u [<server>]', summary: 'Tells how long the server has run.' },
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
    irc.numeric('RPL_ENDOFSTATS', letter, 'End of /STATS report');
  },
});
