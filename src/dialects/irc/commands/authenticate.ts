import { defineIrcCommand } from '../command.ts';

/** AUTHENTICATE <mechanism> | <message> | * (IRCv3 sasl-3.1). */
export const authenticate = defineIrcCommand({
  verb: 'AUTHENTICATE',
  params: { min: 1 },
  stage: 'any',
  cost: 1,
  help: { usage: 'AUTHENTICATE <mechanism>', summary: 'Logs in to an account.' },
  run: (irc, [text = '']) => irc.sasl.take(text),
});
