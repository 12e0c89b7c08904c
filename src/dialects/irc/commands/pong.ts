import { defineIrcCommand } from '../command.ts';

/** PONG (RFC 2812 section 3.7.3). That it came is all there is to it. */
export const pong = defineIrcCommand({
  verb: 'PONG',
  params: { min: 0 },
  stage: 'any',
  cost: 0.1,
  help: { usage: 'PONG <token>', summary: 'Answers a PING.' },
  run() {},
});
