import { defineAction } from '../action.ts';
import { ok, refuse } from '../result.ts';
import { giveUpRoom } from '../room-registration.ts';
import type { RoomName } from '../room-name.ts';

/** Gives a room up: from now on it is nobody's, and goes with its last member. For its founder, or an operator of the server. */
export const dropRoom = defineAction<{ readonly room: RoomName }>({
  name: 'drop-room',
  run(chat, actor, { room: name }, moment) {
    const room = chat.rooms.get(name);
    const registration = room?.registration;
    if (room === undefined || registration === undefined) return refuse({ kind: 'room-not-owned', room: name });
    const { title } = room;
    if (registration.founder !== actor.account && !actor.flags.has('operator')) {
      return refuse({ kind: 'not-operator', room: title, needed: 'founder' });
    }
    if (moment.cannotKeep === true) return refuse({ kind: 'not-kept' });
    return ok(giveUpRoom(chat, room, actor.persona, moment));
  },
});
