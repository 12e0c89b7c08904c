import type { NickKey } from './nick.ts';
import type { ParsedRoomName, RoomName } from './room-name.ts';
import type { Room } from './room.ts';
import type { Session, SessionId } from './session.ts';

/** The limits that the rules hold to. */
export interface ChatLimits {
  readonly maxSessions: number;
  readonly maxRooms: number;
  readonly maxRoomsPerSession: number;
  readonly maxTextBytes: number;
  readonly maxTopicBytes: number;
}

/** The state of the chat: who is here, under which nick, in which rooms. Actions change it; everyone else reads. */
export class Chat {
  readonly limits: ChatLimits;
  readonly sessions = new Map<SessionId, Session>();
  readonly nicks = new Map<NickKey, Session>();
  readonly rooms = new Map<RoomName, Room>();

  /** @param permanentRooms rooms that are there from the start and stay when they are empty. */
  constructor(limits: ChatLimits, permanentRooms: readonly ParsedRoomName[]) {
    this.limits = limits;
    for (const name of permanentRooms) this.addRoom(name, { isPermanent: true, at: 0 });
  }

  addRoom(name: ParsedRoomName, { isPermanent, at }: { readonly isPermanent: boolean; readonly at: number }): Room {
    const room: Room = {
      name: name.key,
      title: name.title,
      isPermanent,
      createdAt: at,
      everyone: { kind: 'rooms', rooms: [name.key] },
      members: new Map(),
      topic: undefined,
      isTopicLocked: !isPermanent,
    };
    this.rooms.set(name.key, room);
    return room;
  }

  /** Takes somebody out of a room. The room goes with its last member, unless it is permanent. */
  removeMember(room: Room, session: Session): void {
    room.members.delete(session.id);
    session.rooms.delete(room.name);
    if (room.members.size === 0 && !room.isPermanent) this.rooms.delete(room.name);
  }
}
