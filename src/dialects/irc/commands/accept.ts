import { accept as acceptAction } from '../../../domain/actions/accept.ts';
import { nickKey } from '../../../domain/nick.ts';
import { defineIrcCommand } from '../command.ts';
import { middle } from '../refusal-numerics.ts';

/** ACCEPT <nick>{,[-]<nick>} or ACCEPT *: whose messages get through user modes +g and +R (ratbox's caller ID). */
export const accept = defineIrcCommand({
  verb: 'ACCEPT',
  params: { min: 1 },
  stage: 'registered',
  cost: 1,
  help: {
    usage: 'ACCEPT <nick>,-<nick>... or ACCEPT *',
    summary: 'Lets people through your user modes +g and +R, or lists them.',
  },
  run(irc, [text = '']) {
    const { me } = irc;
    if (me === undefined) return;
    if (text === '*') {
      for (const key of me.accepted) irc.numeric('RPL_ACCEPTLIST', irc.host.chat.nicks.get(key)?.persona.name ?? key);
      return irc.numeric('RPL_ENDOFACCEPT', 'End of /ACCEPT list');
    }
    for (const item of text.split(',').slice(0, irc.options.limits.targets * 5)) {
      const isRemoval = item.startsWith('-');
      const name = isRemoval ? item.slice(1) : item;
      const key = nickKey(name);
      if (isRemoval) {
        if (!me.accepted.has(key)) irc.numeric('ERR_ACCEPTNOT', middle(name), 'is not on your accept list');
        else irc.act(acceptAction, { add: [], remove: [key] });
      } else if (irc.host.chat.find(name) === undefined) irc.refused({ kind: 'no-such-person', name });
      else if (me.accepted.has(key)) irc.numeric('ERR_ACCEPTEXIST', name, 'is already on your accept list');
      else irc.act(acceptAction, { add: [key], remove: [] });
    }
  },
});
