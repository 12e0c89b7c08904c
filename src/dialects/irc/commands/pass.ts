import { defineIrcCommand } from '../command.ts';

/** PASS <password> (RFC 2812 section 3.1.1). */
export const pass = defineIrcCommand({
  verb: 'PASS',
  params: { min: 1 },
  stage: 'registering',
  cost: 1,
  help: { usage: 'PASS <password>', summary: 'Gives the password of the server.' },
  run: (irc, [password = '']) => irc.registration.givePassword(password),
});
