import type { Moment } from './action.ts';
import type { Chat } from './chat.ts';
import type { Event } from './event.ts';
import { isRestricted, type Room } from './room.ts';
import type { Session } from './session.ts';

/** Takes somebody out of a room; gives the event that the room is gone with them, if it is. */
export function leaveRoom(chat: Chat, room: Room, session: Session, { at, id }: Moment): Event[] {
  if (!chat.removeMember(room, session)) return [];
  const { name, title } = room;
  const audience = { kind: 'sessions', sessions: [] } as const;
  const wasRestricted = isRestricted(room);
  return [{ kind: 'room-closed', audience, by: session.persona, room: name, title, wasRestricted, at, id }];
}
