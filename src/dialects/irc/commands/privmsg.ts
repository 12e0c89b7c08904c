import { defineIrcCommand } from '../command.ts';
import { sendMessage } from '../send-message.ts';

/** PRIVMSG <target>{,<target>} <text> (RFC 2812 section 3.3.1). */
export const privmsg = defineIrcCommand({
  verb: 'PRIVMSG',
  params: { min: 0 },
  stage: 'registered',
  cost: 1,
  help: { usage: 'PRIVMSG <target>{,<target>} :<text>', summary: 'Says something to channels and people.' },
  run(irc, [targets, text], message) {
    if (targets === undefined || targets === '') return irc.numeric('ERR_NORECIPIENT', 'No recipient given (PRIVMSG)');
    if (text === undefined || text === '') return irc.numeric('ERR_NOTEXTTOSEND', 'No text to send');
    return sendMessage(irc, 'PRIVMSG', targets, text, message.tags);
  },
});
