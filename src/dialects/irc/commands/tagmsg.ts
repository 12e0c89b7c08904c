import { annotate } from '../../../domain/actions/annotate.ts';
import { defineIrcCommand } from '../command.ts';
import { quotedBy } from '../find-message.ts';
import { readTargets, relayedTags } from '../send-message.ts';

/** TAGMSG <target>{,<target>} (IRCv3 message-tags): tags without a text, such as a reaction. */
export const tagmsg = defineIrcCommand({
  verb: 'TAGMSG',
  params: { min: 1 },
  stage: 'registered',
  cost: 0.5,
  help: { usage: 'TAGMSG <target>{,<target>}', summary: 'Sends client tags without a message.' },
  run(irc, [targets = ''], message) {
    const annotations = relayedTags(irc, message.tags);
    if (annotations.size === 0) return;
    for (const target of readTargets(irc, targets)) {
      if (target.kind === 'service') continue;
      const about = quotedBy(irc, target, annotations);
      if (target.kind === 'person') irc.act(annotate, { to: { name: target.name }, annotations, about });
      else irc.act(annotate, { to: { room: target.room }, annotations, about, atLeast: target.atLeast });
    }
  },
});
