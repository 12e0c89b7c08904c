import { defineIrcCommand } from '../command.ts';

/** USERHOST <nick>{ <nick>} (RFC 2812 section 4.8): five at most. */
export const userhost = defineIrcCommand({
  verb: 'USERHOST',
  params: { min: 1 },
  stage: 'registered',
  cost: 0.5,
  help: { usage: 'USERHOST <nick>...', summary: 'Tells the hosts of some nicks.' },
  run(irc, params) {
    const replies = params.slice(0, 5).flatMap((name) => {
      const session = irc.host.chat.find(name);
      if (session === undefined) return [];
      const { persona, flags, away } = session;
      const star = flags.has('operator') ? '*' : '';
      return [`${persona.name}${star}=${away === undefined ? '+' : '-'}${persona.user}@${persona.host}`];
    });
    irc.line({ tags: [], body: `:${irc.options.serverName} 302 ${irc.name} :${replies.join(' ')}` });
  },
});
