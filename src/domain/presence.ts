import type { Account } from './account.ts';
import type { Moment } from './action.ts';
import type { Chat } from './chat.ts';
import type { Event, LoggedIn, Watched } from './event.ts';
import { seesMember, witnesses, type Room } from './room.ts';
import type { Persona, Session, SessionId } from './session.ts';

/** The event for those who watch a nick, if there are any, that it has come or gone. */
export function watchedEvents(chat: Chat, persona: Persona, isHere: boolean, { at, id }: Moment): Event[] {
  const watchers = chat.watchers.get(persona.key);
  if (watchers === undefined) return [];
  const audience = { kind: 'sessions', sessions: [...watchers] } as const;
  return [{ kind: 'watched', audience, by: persona, name: persona.name, isHere, change: undefined, id, at }];
}

/** The event for those who watch somebody that these have changed something. Whoever shares a room learns it there. */
export function changedEvents(chat: Chat, actor: Session, change: NonNullable<Watched['change']>): Event[] {
  if (!actor.isPresent) return [];
  const rooms = [...actor.rooms.values()];
  const isToldOf = (room: Room, watcher: SessionId): boolean => {
    const session = room.members.get(watcher)?.session;
    return session !== undefined && seesMember(room, session, actor.id);
  };
  const sessions = [...(chat.watchers.get(actor.persona.key) ?? [])].filter(
    (watcher) => watcher !== actor.id && !rooms.some((room) => isToldOf(room, watcher)),
  );
  if (sessions.length === 0) return [];
  const { by, id, at } = change;
  return [
    { kind: 'watched', audience: { kind: 'sessions', sessions }, by, name: by.name, isHere: true, change, id, at },
  ];
}

/** The events that somebody acts for an account from now on, for those who may know of it. */
export function loggedInEvents(chat: Chat, actor: Session, account: Account, moment: Moment): Event[] {
  const audience = witnesses(actor.rooms.values(), actor.id);
  const event: LoggedIn = { kind: 'logged-in', audience, by: actor.persona, account, ...moment };
  return [event, ...changedEvents(chat, actor, event)];
}
