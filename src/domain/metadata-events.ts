import type { Moment } from './action.ts';
import type { Chat } from './chat.ts';
import type { MetadataSet } from './event.ts';
import type { MetadataKey } from './metadata.ts';
import { seesMember, type Room } from './room.ts';
import type { Session, SessionId } from './session.ts';

/** In a larger room nobody is told about somebody who comes in: they ask when they want to know. */
export const MAX_SHOWN_MEMBERS = 100;

/** Whether somebody wants to be told of a key, on one of their devices. */
function isSubscribed({ devices }: Session, key: MetadataKey): boolean {
  for (const { subscriptions } of devices.values()) if (subscriptions.has(key)) return true;
  return false;
}

/** Those in a room, but for one, who want to be told of a key. */
export function subscribersIn(room: Room, key: MetadataKey, except: Session): SessionId[] {
  return [...room.members.values()]
    .filter(({ session }) => session !== except && isSubscribed(session, key))
    .map(({ session }) => session.id);
}

/** Those who share a room with somebody, or watch them, and want to be told of a key. */
export function subscribersTo(chat: Chat, about: Session, key: MetadataKey, except: Session): SessionId[] {
  const found = new Set<SessionId>();
  if (about !== except && isSubscribed(about, key)) found.add(about.id);
  for (const room of about.rooms.values()) {
    for (const { session } of room.members.values()) {
      if (session === except || found.has(session.id) || !isSubscribed(session, key)) continue;
      if (seesMember(room, session, about.id)) found.add(session.id);
    }
  }
  for (const id of chat.watchers.get(about.persona.key) ?? []) {
    const watcher = chat.sessions.get(id);
    if (watcher !== undefined && watcher !== except && isSubscribed(watcher, key)) found.add(id);
  }
  return [...found];
}

/** The events that tell of somebody, to those of a room whom they come to, what they have said about themselves. */
export function shownEvents(chat: Chat, room: Room, session: Session, moment: Moment): MetadataSet[] {
  const entries = chat.metadata.of(session.persona.identity);
  if (entries.size === 0 || room.members.size > MAX_SHOWN_MEMBERS) return [];
  const { persona: by } = session;
  return [...entries].flatMap(([key, value]) => {
    const sessions = subscribersIn(room, key, session).filter((id) => {
      const viewer = chat.sessions.get(id);
      return viewer !== undefined && seesMember(room, viewer, session.id);
    });
    if (sessions.length === 0) return [];
    const audience = { kind: 'sessions', sessions } as const;
    const owner = by.identity;
    return [{ kind: 'metadata-set', audience, by, of: by, owner, key, value, isKept: false, isNews: false, ...moment }];
  });
}
