import { defineIrcCommand } from '../command.ts';

/** AUTHENTICATE (IRCv3 sasl-3.1). There are no accounts yet, so no mechanism is offered and every attempt fails. */
export const authenticate = defineIrcCommand({
  verb: 'AUTHENTICATE',
  params: { min: 1 },
  stage: 'any',
  cost: 1,
  help: { usage: 'AUTHENTICATE <mechanism>', summary: 'Logs in.' },
  run(irc, [text]) {
    if (text === '*') return irc.numeric('ERR_SASLABORTED', 'SASL authentication aborted');
    return irc.numeric('ERR_SASLFAIL', 'SASL authentication failed: there are no accounts on this server');
  },
});
