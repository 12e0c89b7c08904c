import { defineAction } from '../action.ts';
import { reckonAway } from '../away.ts';
import { dropDevice, reckonSecure } from '../departure.ts';
import { ok, refuse } from '../result.ts';
import { findServerBan } from '../server-ban.ts';
import type { SessionId } from '../session.ts';

export interface Attach {
  readonly device: SessionId;
  /** Whose device it was so far. They leave, if it was their last. */
  readonly from: SessionId;
}

/** A device comes to somebody who is here, and is theirs from now on. That it is, the caller has made sure of. */
export const attach = defineAction<Attach>({
  name: 'attach',
  run(chat, actor, { device: id, from: fromId }, moment) {
    const from = chat.sessions.get(fromId);
    const device = from?.devices.get(id);
    if (from === undefined || device === undefined) return refuse({ kind: 'not-connected' });
    if (from === actor) return ok([]);
    const { name, user } = actor.persona;
    if (actor.account?.settings.hasManyDevices === false && actor.devices.size > 0) {
      return refuse({ kind: 'nick-taken', nick: name });
    }
    const ban = findServerBan(chat, { ...from, persona: { ...from.persona, name, user } }, 'name', moment.at);
    if (ban !== undefined) return refuse({ kind: 'banned-from-server', reason: ban.reason });
    const { maxDevices } = chat.limits;
    if (actor.devices.size >= maxDevices) return refuse({ kind: 'too-many-devices', max: maxDevices });
    // A room for encrypted connections alone is not read on another one.
    const closed = device.isSecure
      ? undefined
      : [...actor.rooms.values()].find(({ flags }) => flags.has('secure-only'));
    if (closed !== undefined) {
      return refuse({ kind: 'no-entry', room: closed.title, problem: 'secure-only', forward: undefined });
    }
    const departure = dropDevice(chat, from, { device, reason: '' }, moment);
    device.absentSince = actor.devices.size > 0 ? moment.at : (device.absentSince ?? actor.account?.lastSeenAt);
    actor.devices.set(id, device);
    actor.isExpelled = false;
    reckonSecure(actor);
    if (actor.account !== undefined) actor.account.lastSeenAt = moment.at;
    const rooms = [...actor.rooms.keys()];
    const audience = { kind: 'sessions', sessions: [] } as const;
    return ok([
      ...departure,
      { kind: 'attended', audience, by: actor.persona, rooms, ...moment },
      ...reckonAway(chat, actor, moment),
    ]);
  },
});
