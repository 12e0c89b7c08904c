import { defineIrcCommand } from '../command.ts';

/** BATCH +<reference> draft/multiline <target>, and BATCH -<reference> (IRCv3 multiline, "Batch types"). */
export const batch = defineIrcCommand({
  verb: 'BATCH',
  params: { min: 1 },
  stage: 'registered',
  cost: 1,
  help: { usage: 'BATCH +<reference> draft/multiline <target> | -<reference>', summary: 'Sends several lines as one.' },
  run: (irc, params, { tags }) => irc.multiline.command(params, tags),
});
