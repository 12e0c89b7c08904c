import { setNick } from '../../../domain/actions/set-nick.ts';
import { parseNick } from '../../../domain/nick.ts';
import { becomeDevice } from '../become-device.ts';
import { defineIrcCommand } from '../command.ts';

/** NICK <nick> (RFC 2812 section 3.1.2). */
export const nick = defineIrcCommand({
  verb: 'NICK',
  params: { min: 0 },
  stage: 'any',
  cost: 1,
  help: { usage: 'NICK <nick>', summary: 'What you are called from now on.' },
  run(irc, [text = '']) {
    const parsed = parseNick(text, irc.options.limits.nickChars);
    if (!parsed.ok) return irc.refused({ kind: 'bad-nick', nick: text, problem: parsed.error });
    if (!irc.isRegistered) return irc.registration.wantNick(parsed.value);
    const holder = irc.registration.ownHolder(parsed.value);
    if (holder !== undefined && holder !== irc.me) return becomeDevice(irc, holder);
    irc.act(setNick, { nick: parsed.value });
    return undefined;
  },
});
