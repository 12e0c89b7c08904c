import { defineIrcCommand } from '../command.ts';
import { MAX_BODY_BYTES } from '../line.ts';
import { packLines } from '../pack-lines.ts';

/** ISON <nick>{ <nick>} (RFC 2812 section 4.9). One message answers it: what does not fit is not told. */
export const ison = defineIrcCommand({
  verb: 'ISON',
  params: { min: 1 },
  stage: 'registered',
  cost: 0.5,
  help: { usage: 'ISON <nick>...', summary: 'Tells which of some nicks are here.' },
  run(irc, params) {
    const names = params.flatMap((text) => text.split(' ')).filter((name) => name !== '');
    const here = names.flatMap((name) => irc.host.chat.find(name)?.persona.name ?? []);
    const head = irc.numericLine('RPL_ISON', '').body;
    const [fitting = ''] = packLines(here, ' ', MAX_BODY_BYTES - Buffer.byteLength(head));
    irc.line({ tags: [], body: head + fitting });
  },
});
