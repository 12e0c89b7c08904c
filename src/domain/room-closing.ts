import type { Moment } from './action.ts';
import type { Chat } from './chat.ts';
import type { Event, RoomClosed } from './event.ts';
import { isRestricted, type Room } from './room.ts';
import type { Persona, Session } from './session.ts';

/** Takes somebody out of a room; gives the event that the room is gone with them, if it is. */
export function leaveRoom(chat: Chat, room: Room, session: Session, moment: Moment): Event[] {
  return chat.removeMember(room, session) ? [roomClosed(room, session.persona, moment)] : [];
}

/** That a room is gone. */
export function roomClosed(room: Room, by: Persona, { at, id }: Moment): RoomClosed {
  const { name, title, flags } = room;
  return {
    kind: 'room-closed',
    audience: { kind: 'sessions', sessions: [] },
    by,
    room: name,
    title,
    wasRestricted: isRestricted(room),
    wasRecorded: !flags.has('unrecorded'),
    at,
    id,
  };
}
