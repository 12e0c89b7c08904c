import { defineAction } from '../action.ts';
import { ok, refuse } from '../result.ts';
import { hasRole, rankIn, witnesses } from '../room.ts';
import { leaveRoom } from '../room-closing.ts';
import type { RoomName } from '../room-name.ts';
import { outsideRefusal } from '../speech.ts';

export interface Kick {
  readonly room: RoomName;
  /** The nick of the one to go, in any spelling. */
  readonly name: string;
  readonly reason: string;
}

/** Puts somebody out of a room. Needs half-operator, and as high a place as the other has. */
export const kick = defineAction<Kick>({
  name: 'kick',
  run(chat, actor, { room: roomName, name, reason }, moment) {
    const room = chat.rooms.get(roomName);
    const isServerOperator = actor.flags.has('operator');
    if (room === undefined || (!actor.rooms.has(roomName) && !isServerOperator)) {
      return refuse(outsideRefusal(room, actor, roomName));
    }
    const { title } = room;
    if (!isServerOperator && !hasRole(room, actor.id, 'half-operator')) {
      return refuse({ kind: 'not-operator', room: title, needed: 'half-operator' });
    }
    const target = chat.find(name);
    if (target === undefined) return refuse({ kind: 'no-such-person', name });
    if (!room.members.has(target.id))
      return refuse({ kind: 'person-not-in-room', name: target.persona.name, room: title });
    if (!isServerOperator && rankIn(room, target.id) > rankIn(room, actor.id)) {
      return refuse({ kind: 'not-operator', room: title, needed: 'operator' });
    }
    if (room.flags.has('no-kicks') && !isServerOperator) return refuse({ kind: 'no-kicks', room: title });
    const audience = witnesses([room], target.id);
    const closing = leaveRoom(chat, room, target, moment);
    return ok([
      { kind: 'kicked', audience, by: actor.persona, room: roomName, title, whom: target.persona, reason, ...moment },
      ...closing,
    ]);
  },
});
