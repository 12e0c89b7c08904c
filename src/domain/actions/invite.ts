import { defineAction } from '../action.ts';
import { ok, refuse } from '../result.ts';
import { hasRole } from '../room.ts';
import type { RoomName } from '../room-name.ts';
import { outsideRefusal } from '../speech.ts';
import { including } from '../small-set.ts';

/** Rooms that one may be invited to at a time; the oldest invitation is forgotten for a new one. */
const MAX_INVITATIONS = 100;

/** Invites somebody to a room, whatever keeps them out of it. Where it takes invitations, that is for operators. */
export const invite = defineAction<{ readonly room: RoomName; readonly name: string }>({
  name: 'invite',
  run(chat, actor, { room: roomName, name }, moment) {
    const target = chat.find(name);
    if (target === undefined) return refuse({ kind: 'no-such-person', name });
    const room = chat.rooms.get(roomName);
    if (room?.members.has(actor.id) !== true) return refuse(outsideRefusal(room, actor, roomName));
    const { title } = room;
    if (room.members.has(target.id)) {
      return refuse({ kind: 'person-already-in-room', name: target.persona.name, room: title });
    }
    if (room.flags.has('invite-only') && !hasRole(room, actor.id, 'half-operator')) {
      return refuse({ kind: 'not-operator', room: title, needed: 'half-operator' });
    }
    const { invitations } = target;
    const kept = invitations.size < MAX_INVITATIONS ? invitations : [...invitations].slice(1);
    target.invitations = including(kept, [roomName]);
    const audience = { kind: 'rooms', rooms: [roomName], atLeast: 'half-operator' } as const;
    return ok([
      { kind: 'invited', audience, by: actor.persona, room: roomName, title, whom: target.persona, ...moment },
    ]);
  },
});
