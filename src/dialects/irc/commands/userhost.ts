import { defineIrcCommand } from '../command.ts';
import { MAX_BODY_BYTES } from '../line.ts';
import { packLines } from '../pack-lines.ts';

/** RFC 2812 section 4.8: nicks that one command may ask for. */
const MAX_NICKS = 5;

/** USERHOST <nick>{ <nick>} (RFC 2812 section 4.8). */
export const userhost = defineIrcCommand({
  verb: 'USERHOST',
  params: { min: 1 },
  stage: 'registered',
  cost: 0.5,
  help: { usage: 'USERHOST <nick>...', summary: 'Tells the hosts of some nicks.' },
  run(irc, params) {
    const names = params.flatMap((text) => text.split(' ')).filter((name) => name !== '');
    const replies = names.slice(0, MAX_NICKS).flatMap((name) => {
      const session = irc.host.chat.find(name);
      if (session === undefined) return [];
      const { persona, flags, away } = session;
      const star = flags.has('operator') ? '*' : '';
      return [`${persona.name}${star}=${away === undefined ? '+' : '-'}${persona.user}@${persona.host}`];
    });
    const head = irc.numericLine('RPL_USERHOST', '').body;
    const [fitting = ''] = packLines(replies, ' ', MAX_BODY_BYTES - Buffer.byteLength(head));
    irc.line({ tags: [], body: head + fitting });
  },
});
