import { redact as takeBack } from '../../../domain/actions/redact.ts';
import { roomConversation } from '../../../domain/conversation.ts';
import type { HistorySpan } from '../../../domain/history.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { defineIrcCommand } from '../command.ts';
import { findMessage, readableTarget } from '../find-message.ts';
import { cutText } from '../line.ts';
import { middle, refusalNumeric } from '../refusal-numerics.ts';
import type { IrcSession } from '../session.ts';

/** REDACT <target> <msgid> [:<reason>] (IRCv3 message-redaction). */
export const redact = defineIrcCommand({
  verb: 'REDACT',
  params: { min: 2 },
  stage: 'registered',
  cost: 1,
  help: { usage: 'REDACT <channel|nick> <msgid> [:reason]', summary: 'Takes back something that was said.' },
  run(irc, [target = '', id = '', reason = '']) {
    const span = redactable(irc, target);
    const place = middle(target);
    if (span === undefined) {
      return irc.fail('FAIL', 'REDACT', 'INVALID_TARGET', [place], 'You cannot delete messages there');
    }
    const message = findMessage(irc, span, id);
    if (message === undefined) {
      const text = 'This message does not exist, or is kept no longer';
      return irc.fail('FAIL', 'REDACT', 'UNKNOWN_MSGID', [place, middle(id)], text);
    }
    const room = irc.lookUpRoom(target)?.name;
    const [kept = ''] = cutText(reason, irc.options.limits.reasonBytes);
    const to = room === undefined ? { name: target } : { room };
    irc.actFor((refusal) => refused(irc, place, id, refusal), takeBack, { message, to, reason: kept });
    return undefined;
  },
});

/** What may be looked through for the message: operators of the server need not be in a channel. */
function redactable(irc: IrcSession, target: string): HistorySpan | undefined {
  const room = irc.lookUpRoom(target);
  const span = readableTarget(irc, target);
  if (span !== undefined || room === undefined || irc.me?.flags.has('operator') !== true) return span;
  return { conversation: roomConversation(room.name), includes: 'everything' };
}

function refused(irc: IrcSession, place: string, id: string, refusal: Refusal): void {
  if (refusal.kind === 'not-own-message') {
    const text = 'You are not authorised to delete this message';
    return irc.fail('FAIL', 'REDACT', 'REDACT_FORBIDDEN', [place, id], text);
  }
  if (refusal.kind === 'too-late-to-redact') {
    const context = [place, id, `${refusal.hours}h`];
    return irc.fail('FAIL', 'REDACT', 'REDACT_WINDOW_EXPIRED', context, 'You can no longer delete this message');
  }
  const text = refusal.kind === 'several' ? '' : (refusalNumeric(refusal).at(-1) ?? '');
  return irc.fail('FAIL', 'REDACT', 'REDACT_FORBIDDEN', [place, id], text);
}
