import { defineAction } from '../action.ts';
import { ok, refuse } from '../result.ts';
import type { RoomName } from '../room-name.ts';

/** Leaves a room. */
export const part = defineAction<{ readonly room: RoomName; readonly reason: string }>({
  name: 'part',
  run(chat, actor, { room: name, reason }, moment) {
    const room = chat.rooms.get(name);
    if (room === undefined) return refuse({ kind: 'no-such-room', room: name });
    if (!actor.rooms.has(name)) return refuse({ kind: 'not-in-room', room: room.title });
    chat.removeMember(room, actor);
    const { everyone: audience, title } = room;
    return ok([{ kind: 'parted', audience, by: actor.persona, room: name, title, reason, ...moment }]);
  },
});
