import { defineIrcCommand } from '../command.ts';
import { cutText } from '../line.ts';

/** QUIT [<reason>] (RFC 2812 section 3.1.7). */
export const quit = defineIrcCommand({
  verb: 'QUIT',
  params: { min: 0 },
  stage: 'any',
  cost: 0,
  help: { usage: 'QUIT [:reason]', summary: 'Leaves for good.' },
  run(irc, [text = '']) {
    const [reason = ''] = cutText(text, irc.options.limits.reasonBytes);
    irc.line({ tags: [], body: `ERROR :Closing link: (${irc.me?.persona.host ?? ''}) [Quit: ${reason}]` });
    irc.host.close(`Quit: ${reason}`);
  },
});
