import { defineAction } from '../action.ts';
import { NO_LIMITS } from '../kept-limits.ts';
import type { NickKey } from '../nick.ts';
import { ok, refuse } from '../result.ts';
import { grantRight } from '../room-registration.ts';
import type { ParsedRoomName } from '../room-name.ts';

export interface FoundRoom {
  readonly room: ParsedRoomName;
  readonly account: NickKey;
}

/** Makes a room an account's own, and makes it first if it is not there. For operators of the server. */
export const foundRoom = defineAction<FoundRoom>({
  name: 'found-room',
  run(chat, actor, { room: name, account: key }, moment) {
    if (!actor.flags.has('operator')) return refuse({ kind: 'not-server-operator' });
    const account = chat.accounts.get(key);
    if (account === undefined) return refuse({ kind: 'no-such-account', account: key });
    const found = chat.rooms.get(name.key);
    if (found !== undefined && (found.registration !== undefined || found.isPermanent)) {
      return refuse({ kind: 'room-owned', room: found.title });
    }
    const { maxRooms, maxRoomsPerAccount } = chat.limits;
    if (found === undefined && chat.rooms.size >= maxRooms) return refuse({ kind: 'server-full', max: maxRooms });
    const owned = [...chat.rooms.values()].filter(({ registration }) => registration?.founder === account);
    if (owned.length >= maxRoomsPerAccount) return refuse({ kind: 'too-many-own-rooms', max: maxRoomsPerAccount });
    if (moment.cannotKeep === true) return refuse({ kind: 'not-kept' });
    const room = found ?? chat.addRoom(name, { isPermanent: false, at: moment.at });
    room.registration = { founder: account, access: new Map(), registeredAt: moment.at, kept: NO_LIMITS };
    const { title, everyone: audience } = room;
    return ok([
      {
        kind: 'room-registered',
        audience,
        by: actor.persona,
        founder: account.name,
        room: name.key,
        title,
        ...moment,
      },
      ...chat.sessionsOf(account).flatMap((session) => grantRight(room, session, moment)),
    ]);
  },
});
