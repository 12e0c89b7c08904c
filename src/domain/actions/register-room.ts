import { defineAction } from '../action.ts';
import { NO_LIMITS } from '../kept-limits.ts';
import { ok, refuse } from '../result.ts';
import { grantRight } from '../room-registration.ts';
import { hasRole } from '../room.ts';
import type { RoomName } from '../room-name.ts';
import { outsideRefusal } from '../speech.ts';

/** Makes a room the own of one's account. Needs operator there. */
export const registerRoom = defineAction<{ readonly room: RoomName }>({
  name: 'register-room',
  run(chat, actor, { room: name }, moment) {
    const room = chat.rooms.get(name);
    if (room?.members.has(actor.id) !== true) return refuse(outsideRefusal(room, actor, name));
    const { title, everyone: audience } = room;
    const { account } = actor;
    if (account === undefined) return refuse({ kind: 'not-logged-in' });
    if (room.registration !== undefined || room.isPermanent) return refuse({ kind: 'room-owned', room: title });
    if (!hasRole(room, actor.id, 'operator')) return refuse({ kind: 'not-operator', room: title, needed: 'operator' });
    const { maxRoomsPerAccount: max } = chat.limits;
    const owned = [...chat.rooms.values()].filter(({ registration }) => registration?.founder === account);
    if (owned.length >= max) return refuse({ kind: 'too-many-own-rooms', max });
    if (moment.cannotKeep === true) return refuse({ kind: 'not-kept' });
    room.registration = { founder: account, access: new Map(), registeredAt: moment.at, kept: NO_LIMITS };
    return ok([
      { kind: 'room-registered', audience, by: actor.persona, founder: account.name, room: name, title, ...moment },
      ...grantRight(room, actor, moment),
    ]);
  },
});
