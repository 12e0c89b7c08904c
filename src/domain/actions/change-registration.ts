import { defineAction } from '../action.ts';
import type { KeptLimits } from '../kept-limits.ts';
import type { NickKey } from '../nick.ts';
import { ok, refuse } from '../result.ts';
import { grantRight } from '../room-registration.ts';
import { rankOf, type Role } from '../role.ts';
import type { RoomName } from '../room-name.ts';

export interface ChangeRegistration {
  readonly room: RoomName;
  readonly change:
    | { readonly kind: 'access'; readonly account: NickKey; readonly role: Role | undefined }
    | { readonly kind: 'founder'; readonly account: NickKey }
    | { readonly kind: 'kept'; readonly kept: KeptLimits };
}

/** Changes whose room it is, who has which role in it by right, or how much it keeps of what is said. For its founder. */
export const changeRegistration = defineAction<ChangeRegistration>({
  name: 'change-registration',
  run(chat, actor, { room: name, change }, moment) {
    const room = chat.rooms.get(name);
    const registration = room?.registration;
    if (room === undefined || registration === undefined) return refuse({ kind: 'room-not-owned', room: name });
    const { title, everyone: audience } = room;
    if (registration.founder !== actor.account && !actor.flags.has('operator')) {
      return refuse({ kind: 'not-operator', room: title, needed: 'founder' });
    }
    const account = change.kind === 'kept' ? undefined : chat.accounts.get(change.account);
    if (change.kind !== 'kept' && account === undefined) {
      return refuse({ kind: 'no-such-account', account: change.account });
    }
    if (moment.cannotKeep === true) return refuse({ kind: 'not-kept' });
    if (change.kind === 'kept') room.registration = { ...registration, kept: change.kept };
    else if (account !== undefined && change.kind === 'founder') {
      registration.access.delete(account.id);
      room.registration = { ...registration, founder: account };
    } else if (account !== undefined && change.kind === 'access') {
      const { maxListEntries: max } = chat.limits;
      const isNew = change.role !== undefined && !registration.access.has(account.id);
      if (isNew && registration.access.size >= max) return refuse({ kind: 'access-full', room: title, max });
      if (change.role === undefined || rankOf(change.role) >= rankOf('founder')) registration.access.delete(account.id);
      else registration.access.set(account.id, change.role);
    }
    const granted =
      account === undefined ? [] : chat.sessionsOf(account).flatMap((one) => grantRight(room, one, moment));
    return ok([
      { kind: 'room-registration-changed', audience, by: actor.persona, room: name, title, ...moment },
      ...granted,
    ]);
  },
});
