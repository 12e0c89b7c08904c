import { setAway } from '../../../domain/actions/set-away.ts';
import { cutText } from '../line.ts';
import { defineIrcCommand } from '../command.ts';

/** AWAY [<text>] (RFC 2812 section 4.1). Without a text one is back. */
export const away = defineIrcCommand({
  verb: 'AWAY',
  params: { min: 0 },
  stage: 'registered',
  cost: 1,
  help: { usage: 'AWAY [:text]', summary: 'Says that you are away, or back.' },
  run(irc, [text = '']) {
    const [kept] = cutText(text, irc.options.limits.awayBytes);
    irc.act(setAway, { device: irc.host.device, away: text === '' ? undefined : kept });
  },
});
