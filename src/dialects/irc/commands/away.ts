import { setAway } from '../../../domain/actions/set-away.ts';
import { cutText } from '../line.ts';
import { defineIrcCommand } from '../command.ts';

/**
 * AWAY [<text>] (RFC 2812 section 4.1). Without a text one is back; `*` is for no reason that one gives. Whoever knows
 * pre-away may say so before registration is complete (IRCv3 pre-away).
 */
export const away = defineIrcCommand({
  verb: 'AWAY',
  params: { min: 0 },
  stage: 'any',
  cost: 1,
  help: { usage: 'AWAY [:text]', summary: 'Says that you are away, or back.' },
  run(irc, [text = '']) {
    if (!irc.isRegistered && !irc.has('draft/pre-away')) {
      return irc.numeric('ERR_NOTREGISTERED', 'You have not registered');
    }
    const [kept] = cutText(text, irc.options.limits.awayBytes);
    irc.act(setAway, { device: irc.host.device, away: text === '' ? undefined : kept });
    return undefined;
  },
});
