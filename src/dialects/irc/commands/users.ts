import { defineIrcCommand } from '../command.ts';

/** USERS (RFC 2812 section 4.6), which servers have switched off for long. */
export const users = defineIrcCommand({
  verb: 'USERS',
  params: { min: 0 },
  stage: 'registered',
  cost: 1,
  help: { usage: 'USERS', summary: 'Is switched off.' },
  run: (irc) => irc.numeric('ERR_USERSDISABLED', 'USERS has been disabled'),
});
