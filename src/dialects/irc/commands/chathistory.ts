import { readableRoom, readableTalk } from '../../../domain/readable.ts';
import type { HistorySpan } from '../../../domain/history.ts';
import type { Session } from '../../../domain/session.ts';
import { readPage, readsFor, type PageRequest } from '../chathistory/page.ts';
import { parseHistoryRequest, type Bounded } from '../chathistory/request.ts';
import { readTargets, type HistoryTarget } from '../chathistory/targets.ts';
import { defineIrcCommand } from '../command.ts';
import { body, type OutgoingLine } from '../line.ts';
import { middle } from '../refusal-numerics.ts';
import type { IrcSession } from '../session.ts';

/**
 * CHATHISTORY (IRCv3 chathistory). Also for clients that have not asked for the capability, and for those without
 * batches, which "limited functionality is available" to.
 */
export const chathistory = defineIrcCommand({
  verb: 'CHATHISTORY',
  params: { min: 0 },
  stage: 'registered',
  cost: 1,
  isOfArriving: true,
  help: {
    usage: 'CHATHISTORY LATEST|BEFORE|AFTER|AROUND|BETWEEN <target> <msgid=...|timestamp=...> [...] <limit>',
    summary: 'Sends what was said before.',
  },
  run(irc, params) {
    const { me } = irc;
    if (me === undefined) return;
    const command = middle(params[0]?.toUpperCase() ?? '');
    const request = parseHistoryRequest(params, irc.options.limits.historyPage);
    if (!request.ok) {
      const { code, context, text } = request.error;
      return irc.fail('FAIL', 'CHATHISTORY', code, [command, ...context.map(middle)], text);
    }
    if (request.value.kind === 'targets') return sendTargets(irc, me, request.value);
    return sendPage(irc, command, request.value);
  },
});

function sendPage(irc: IrcSession, command: string, request: PageRequest): void {
  const span = readable(irc, request.target);
  const work = span === undefined ? undefined : irc.host.history.prepare(readsFor(span, request));
  if (work === undefined) sendNow(irc, command, request);
  // Whether they may read it is asked again then.
  else irc.later(work, () => sendNow(irc, command, request));
}

function sendNow(irc: IrcSession, command: string, request: PageRequest): void {
  // "the canonical name of the target": of a channel; who asks by a nick knows the answer by what it asked for.
  const target = middle(irc.lookUpRoom(request.target)?.title ?? request.target);
  const span = readable(irc, request.target);
  if (span === undefined) {
    const text = 'Messages could not be retrieved';
    return irc.fail('FAIL', 'CHATHISTORY', 'INVALID_TARGET', [command, target], text);
  }
  const { items, isEnd } = readPage(irc.host.history, span, request);
  return irc.batch('chathistory', [target], irc.linesOf(items), endTags(irc, isEnd));
}

function readable(irc: IrcSession, target: string): HistorySpan | undefined {
  const { me } = irc;
  if (me === undefined) return undefined;
  // "If the client has not negotiated event-playback, the server MUST NOT send any lines other than PRIVMSG and NOTICE".
  const includes = irc.has('draft/event-playback') ? 'everything' : 'messages';
  if (target.startsWith('#')) return readableRoom(irc.lookUpRoom(target), me, includes);
  return readableTalk(irc.host, me, target, includes);
}

/** Whether a client has to ask for more it is told on the beginning of the batch, if it knows tags. */
function endTags(irc: IrcSession, isEnd: boolean): string[] {
  return isEnd && irc.has('message-tags') ? ['draft/chathistory-end'] : [];
}

function sendTargets(irc: IrcSession, me: Session, bounds: Bounded<unknown>): void {
  const { items, isEnd } = readTargets(irc.host, me, bounds);
  irc.batch('draft/chathistory-targets', [], targetLines(irc.options.serverName, items), endTags(irc, isEnd));
}

function* targetLines(serverName: string, targets: readonly HistoryTarget[]): Generator<OutgoingLine> {
  for (const { name, at } of targets) {
    yield { tags: [], body: body(serverName, 'CHATHISTORY', 'TARGETS', name, new Date(at).toISOString()) };
  }
}
