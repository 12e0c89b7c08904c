import { defineIrcCommand } from '../command.ts';

/** PONG [<server>] <token> (RFC 2812 section 3.7.3). */
export const pong = defineIrcCommand({
  verb: 'PONG',
  params: { min: 0 },
  stage: 'any',
  cost: 0,
  help: { usage: 'PONG <token>', summary: 'Answers a PING.' },
  run: (irc, params) => irc.returning.answered(params.at(-1) ?? ''),
});
