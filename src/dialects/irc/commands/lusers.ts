import { defineIrcCommand } from '../command.ts';
import { sendLusers } from '../greeting.ts';
import { isThisServer } from '../server-target.ts';

/** LUSERS [<mask> [<server>]] (RFC 2812 section 3.4.2). */
export const lusers = defineIrcCommand({
  verb: 'LUSERS',
  params: { min: 0 },
  stage: 'registered',
  cost: 1,
  help: { usage: 'LUSERS [<mask> [<server>]]', summary: 'Tells how many people are here.' },
  run(irc, [, target]) {
    if (isThisServer(irc, target)) sendLusers(irc);
  },
});
