import { join } from '../../../domain/actions/join.ts';
import { summon } from '../../../domain/actions/summon.ts';
import { defineIrcCommand } from '../command.ts';

/** SAJOIN [<nick>] <channel>: somebody joins, whatever stands against it; oneself where no nick is given. */
export const sajoin = defineIrcCommand({
  verb: 'SAJOIN',
  params: { min: 1 },
  stage: 'registered',
  cost: 1,
  forOperators: true,
  help: { usage: 'SAJOIN [<nick>] <channel>', summary: 'Makes somebody join, whatever stands against it.' },
  run(irc, [first = '', second]) {
    const room = irc.parseRoom(second ?? first);
    if (room === undefined) return;
    if (second === undefined) irc.act(join, { room, isForced: true });
    else irc.act(summon, { name: first, room });
  },
});
