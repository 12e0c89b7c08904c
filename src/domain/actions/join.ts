import { defineAction } from '../action.ts';
import { ok, refuse } from '../result.ts';
import type { ParsedRoomName } from '../room-name.ts';

/** Enters a room. A room that is not there yet is made, and its maker is its operator. */
export const join = defineAction<{ readonly room: ParsedRoomName }>({
  name: 'join',
  run(chat, actor, { room: name }, { id, at }) {
    const { maxRooms, maxRoomsPerSession } = chat.limits;
    const found = chat.rooms.get(name.key);
    if (found?.members.has(actor.id) === true) return refuse({ kind: 'already-in-room', room: found.title });
    if (actor.rooms.size >= maxRoomsPerSession) return refuse({ kind: 'too-many-rooms', max: maxRoomsPerSession });
    if (found === undefined && chat.rooms.size >= maxRooms) return refuse({ kind: 'server-full', max: maxRooms });
    const room = found ?? chat.addRoom(name, { isPermanent: false, at });
    room.members.set(actor.id, { session: actor, role: found === undefined ? 'operator' : 'member' });
    actor.rooms.set(room.name, room);
    const { everyone: audience, title } = room;
    return ok([{ kind: 'joined', audience, by: actor.persona, room: room.name, title, id, at }]);
  },
});
