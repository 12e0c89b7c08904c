import type { Chat } from '../../../domain/chat.ts';
import { roomConversation, type Identity } from '../../../domain/conversation.ts';
import { timeOf } from '../../../domain/message-id.ts';
import { nickKey, type NickKey } from '../../../domain/nick.ts';
import type { Session } from '../../../domain/session.ts';
import type { Host } from '../../dialect.ts';
import type { Bounded } from './request.ts';

/** A channel or a person, and when the last thing was said there, in milliseconds since 1970. */
export interface HistoryTarget {
  readonly name: string;
  readonly at: number;
}

/**
 * The channels that somebody is in and the people they have talked to, those in which something was said in a span of
 * time: as many as are wanted from where the span begins, in the order of their last messages.
 */
export function readTargets(
  { chat, history }: Pick<Host, 'chat' | 'history'>,
  me: Session,
  { from, to, limit }: Bounded<unknown>,
): HistoryTarget[] {
  const isBackwards = from.first > to.first;
  const [after, before] = isBackwards ? [to.last, from.first] : [from.last, to.first];
  const found: HistoryTarget[] = [];
  for (const { name, title } of me.rooms.values()) {
    const latest = history.latest(roomConversation(name), before);
    if (latest !== undefined && latest > after) found.push({ name: title, at: timeOf(latest) });
  }
  const talks = history.correspondences(me.persona.identity, { after, before }, isBackwards ? 'last' : 'first', limit);
  const names = namesNow(chat, new Set(talks.map(({ other }) => other)));
  const people = new Map<NickKey, HistoryTarget>();
  for (const { conversation, other, latest } of talks) {
    const name = names.get(other) ?? history.nameIn(conversation, other);
    // Of two who were called the same, the client can ask for the one that was here last.
    if (name !== undefined) people.set(nickKey(name), { name, at: timeOf(latest) });
  }
  found.push(...people.values());
  found.sort((one, other) => one.at - other.at);
  return isBackwards ? found.slice(-limit) : found.slice(0, limit);
}

/** What those of some people who are here are called now. */
function namesNow(chat: Chat, people: ReadonlySet<Identity>): ReadonlyMap<Identity, string> {
  const names = new Map<Identity, string>();
  if (people.size === 0) return names;
  for (const { isPresent, persona } of chat.sessions.values()) {
    if (isPresent && people.has(persona.identity)) names.set(persona.identity, persona.name);
  }
  return names;
}
