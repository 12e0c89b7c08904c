import { defineIrcCommand } from '../command.ts';
import { sendIsupport } from '../greeting.ts';

/** ISUPPORT (IRCv3 extended-isupport): before registration for clients that have negotiated it, afterwards for all. */
export const isupport = defineIrcCommand({
  verb: 'ISUPPORT',
  params: { min: 0 },
  stage: 'any',
  cost: 1,
  help: { usage: 'ISUPPORT', summary: 'Tells what the server supports.' },
  run(irc) {
    if (irc.isRegistered || irc.has('draft/extended-isupport')) return sendIsupport(irc);
    return irc.numeric('ERR_NOTREGISTERED', 'You have not registered');
  },
});
