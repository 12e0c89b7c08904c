import { defineIrcCommand } from '../command.ts';
import { sendLusers } from '../greeting.ts';

/** LUSERS (RFC 2812 section 3.4.2). */
export const lusers = defineIrcCommand({
  verb: 'LUSERS',
  params: { min: 0 },
  stage: 'registered',
  cost: 1,
  help: { usage: 'LUSERS', summary: 'Tells how many people are here.' },
  run: (irc) => sendLusers(irc),
});
