import { defineAction } from '../action.ts';
import { ok, refuse } from '../result.ts';
import { witnesses } from '../room.ts';
import { leaveRoom } from '../room-closing.ts';
import type { RoomName } from '../room-name.ts';
import { outsideRefusal } from '../speech.ts';

/** Leaves a room. */
export const part = defineAction<{ readonly room: RoomName; readonly reason: string }>({
  name: 'part',
  run(chat, actor, { room: name, reason }, moment) {
    const room = chat.rooms.get(name);
    if (room?.members.has(actor.id) !== true) return refuse(outsideRefusal(room, actor, name));
    const { title } = room;
    const audience = witnesses([room], actor.id);
    const closing = leaveRoom(chat, room, actor, moment);
    return ok([{ kind: 'parted', audience, by: actor.persona, room: name, title, reason, ...moment }, ...closing]);
  },
});
