import { defineIrcCommand } from '../command.ts';
import { sendMessage } from '../send-message.ts';

/** NOTICE <target>{,<target>} <text> (RFC 2812 section 3.3.2). No error is ever answered to it. */
export const notice = defineIrcCommand({
  verb: 'NOTICE',
  params: { min: 0 },
  stage: 'registered',
  cost: 1,
  help: { usage: 'NOTICE <target>{,<target>} :<text>', summary: 'Says something that programs do not answer.' },
  run: (irc, [targets = '', text = ''], { tags }) => sendMessage(irc, 'NOTICE', targets, text, tags),
});
