import { defineIrcCommand } from '../command.ts';

/** PING <token> (RFC 2812 section 3.7.2, Modern). It is free: who hears no answer takes the connection to be dead. */
export const ping = defineIrcCommand({
  verb: 'PING',
  params: { min: 1 },
  stage: 'any',
  cost: 0,
  help: { usage: 'PING <token>', summary: 'Asks for a sign of life.' },
  run: (irc, [token = '']) => {
    const { serverName } = irc.options;
    irc.line({ tags: [], body: `:${serverName} PONG ${serverName} :${token}` });
  },
});
