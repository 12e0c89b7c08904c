import { fullName } from '../../../domain/mask.ts';
import { defineIrcCommand } from '../command.ts';
import { body, cutText } from '../line.ts';

/** QUIT [<reason>] (RFC 2812 section 3.1.7). */
export const quit = defineIrcCommand({
  verb: 'QUIT',
  params: { min: 0 },
  stage: 'any',
  cost: 0,
  help: { usage: 'QUIT [:reason]', summary: 'Leaves for good.' },
  run(irc, [text = '']) {
    const [reason = ''] = cutText(text, irc.options.limits.reasonBytes);
    // Whether others are told depends on the other clients of the same person; the one that goes always is.
    if (irc.isRegistered && irc.me !== undefined) {
      irc.line({ tags: [], body: body(fullName(irc.me.persona), 'QUIT', `Quit: ${reason}`) });
    }
    irc.line({ tags: [], body: `ERROR :Closing link: (${irc.me?.persona.host ?? ''}) [Quit: ${reason}]` });
    irc.returning.quit();
    irc.host.close(`Quit: ${reason}`);
  },
});
