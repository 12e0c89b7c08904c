import type { Annotated, Annotations, Quoted, Said, Told } from '../../domain/event.ts';
import type { HistorySpan } from '../../domain/history.ts';
import { sequenceOf } from '../../domain/message-id.ts';
import { repliedTo } from '../../domain/reaction.ts';
import { readableRoom, readableTalk } from '../../domain/readable.ts';
import type { MessageTarget } from './send-message.ts';
import type { IrcSession } from './session.ts';

/** What a client may read of what was said in a channel, or between it and somebody. */
export function readableTarget(irc: IrcSession, target: string): HistorySpan | undefined {
  const { me } = irc;
  if (me === undefined) return undefined;
  if (target.startsWith('#')) return readableRoom(irc.lookUpRoom(target), me, 'everything');
  return readableTalk(irc.host, me, target, 'everything');
}

/** The message, or the reaction, in a span that has an id; undefined when there is none. */
export function findMessage(irc: IrcSession, span: HistorySpan, id: string): Said | Told | Annotated | undefined {
  const sequence = sequenceOf(id);
  if (sequence === undefined) return undefined;
  const [found] = irc.host.history.read({ ...span, after: sequence - 1, before: sequence + 1 }, 'first', 1);
  const isMessage = found?.kind === 'said' || found?.kind === 'told' || found?.kind === 'annotated';
  return isMessage && found.id === id ? found : undefined;
}

/** What a message to a target replies to, for those who are to be told in words. */
export function quotedBy(
  irc: IrcSession,
  target: Exclude<MessageTarget, { readonly kind: 'service' }>,
  annotations: Annotations,
): Quoted | undefined {
  const id = repliedTo(annotations);
  const span = id === undefined ? undefined : readableTarget(irc, target.kind === 'room' ? target.room : target.name);
  if (id === undefined || span === undefined) return undefined;
  const found = findMessage(irc, span, id);
  if (found === undefined || found.kind === 'annotated') return undefined;
  // What was for some of a room is not for those who are told of an answer to it.
  if (found.kind === 'said' && found.atLeast !== undefined) return undefined;
  return { by: found.by, text: found.text };
}
