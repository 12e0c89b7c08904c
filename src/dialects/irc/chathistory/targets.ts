import type { Chat } from '../../../domain/chat.ts';
import type { Identity } from '../../../domain/conversation.ts';
import type { Correspondence, History } from '../../../domain/history.ts';
import { sequenceOf, timeOf } from '../../../domain/message-id.ts';
import { nickKey, type NickKey } from '../../../domain/nick.ts';
import { readableRoom } from '../../../domain/readable.ts';
import type { Room } from '../../../domain/room.ts';
import type { Session } from '../../../domain/session.ts';
import type { Host } from '../../dialect.ts';
import { cutPage, type Page } from './page.ts';
import type { Bounded } from './request.ts';

/** A channel or a person, and when the last thing was said there, in milliseconds since 1970. */
export interface HistoryTarget {
  readonly name: string;
  readonly at: number;
}

type Place = { readonly latest: number } & ({ readonly title: string } | { readonly talk: Correspondence });

/**
 * The channels that somebody is in and the people they have talked to, those in which the last thing was said in a span
 * of time: as many as are wanted from where the span begins, in the order of their last messages.
 */
export function readTargets(
  { chat, history }: Pick<Host, 'chat' | 'history'>,
  me: Session,
  { from, to, limit }: Bounded<unknown>,
): Page<HistoryTarget> {
  const isBackwards = from.first > to.first;
  const [after, before] = isBackwards ? [to.last, from.first] : [from.last, to.first];
  const all = { after, before: Number.MAX_SAFE_INTEGER };
  const talks = history.correspondences(me.persona.identity, all, 'first', Number.MAX_SAFE_INTEGER);
  const places: Place[] = [
    ...[...me.rooms.values()].map((room) => ({ latest: latestIn(history, room, me), title: room.title })),
    ...talks.map((talk) => ({ latest: talk.latest, talk })),
  ];
  const within = places.filter(({ latest }) => latest > after && latest < before);
  within.sort((one, other) => one.latest - other.latest);
  const { items, isEnd } = cutPage(within, isBackwards ? 'last' : 'first', limit);
  return { items: named(items, { chat, history }), isEnd };
}

/** The sequence number of the last thing said in a room that somebody may read; 0 when there is none. */
function latestIn(history: History, room: Room, me: Session): number {
  const span = readableRoom(room, me, 'messages');
  const [last] = span === undefined ? [] : history.read(span, 'last', 1);
  return last === undefined ? 0 : (sequenceOf(last.id) ?? 0);
}

function named(places: readonly Place[], { chat, history }: Pick<Host, 'chat' | 'history'>): HistoryTarget[] {
  const others = places.flatMap((place) => ('talk' in place ? [place.talk.other] : []));
  const namesHere = namesNow(chat, new Set(others));
  const targets = new Map<string | NickKey, HistoryTarget>();
  for (const place of places) {
    const name =
      'title' in place
        ? place.title
        : (namesHere.get(place.talk.other) ?? history.nameIn(place.talk.conversation, place.talk.other));
    if (name === undefined) continue;
    // Of two who were called the same, the client can ask for the one that was here last.
    targets.delete(nickKey(name));
    targets.set(nickKey(name), { name, at: timeOf(place.latest) });
  }
  return [...targets.values()];
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
