import { defineIrcCommand } from '../command.ts';

/** ISON <nick>{ <nick>} (RFC 2812 section 4.9). */
export const ison = defineIrcCommand({
  verb: 'ISON',
  params: { min: 1 },
  stage: 'registered',
  cost: 0.5,
  help: { usage: 'ISON <nick>...', summary: 'Tells which of some nicks are here.' },
  run(irc, params) {
    const names = params.flatMap((text) => text.split(' ')).filter((name) => name !== '');
    const here = names.flatMap((name) => irc.host.chat.find(name)?.persona.name ?? []);
    irc.line({ tags: [], body: `:${irc.options.serverName} 303 ${irc.name} :${here.join(' ')}` });
  },
});
