import { neighbourOf } from '../../../domain/message-id.ts';
import type { Missed } from '../../dialect.ts';
import { body, type OutgoingLine } from '../line.ts';
import type { IrcSession } from '../session.ts';

/** Tells a client that read too slowly how much it missed, and how to have it all the same, no more and no less. */
export function missedNotice({ name, options }: IrcSession, { messages, span }: Missed): OutgoingLine {
  const what = `${messages} ${messages === 1 ? 'message' : 'messages'} skipped: your client read too slowly`;
  // BETWEEN leaves out what it names, so these are the ids next to those that were missed.
  const how =
    span === undefined
      ? ''
      : `; CHATHISTORY BETWEEN <target> msgid=${neighbourOf(span.first, -1)} msgid=${neighbourOf(span.last, 1)} ` +
        `${options.limits.historyPage} sends what was said`;
  return { tags: [], body: body(options.serverName, 'NOTICE', name, what + how) };
}
