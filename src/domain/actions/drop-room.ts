import { defineAction } from '../action.ts';
import { ok, refuse } from '../result.ts';
import { isRestricted } from '../room.ts';
import type { RoomName } from '../room-name.ts';

/** Gives a room up: from now on it is nobody's, and goes with its last member. For its founder, or an operator of the server. */
export const dropRoom = defineAction<{ readonly room: RoomName }>({
  name: 'drop-room',
  run(chat, actor, { room: name }, moment) {
    const room = chat.rooms.get(name);
    const registration = room?.registration;
    if (room === undefined || registration === undefined) return refuse({ kind: 'room-not-owned', room: name });
    const { title, everyone: audience } = room;
    if (registration.founder !== actor.account && !actor.flags.has('operator')) {
      return refuse({ kind: 'not-operator', room: title, needed: 'founder' });
    }
    if (moment.cannotKeep === true) return refuse({ kind: 'not-kept' });
    room.registration = undefined;
    const by = actor.persona;
    const dropped = { kind: 'room-dropped', audience, by, room: name, title, ...moment } as const;
    if (room.members.size > 0) return ok([dropped]);
    chat.rooms.delete(name);
    const wasRestricted = isRestricted(room);
    return ok([dropped, { kind: 'room-closed', audience, by, room: name, title, wasRestricted, ...moment }]);
  },
});
