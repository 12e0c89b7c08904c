import { defineAction, type Moment } from '../action.ts';
import type { EntryProblem } from '../refusal.ts';
import { banReach } from '../mask.ts';
import { shownEvents } from '../metadata-events.ts';
import { ok, refuse } from '../result.ts';
import { grantRight, roleByRight } from '../room-registration.ts';
import { forwardOf, isBanned, witnesses, type Room } from '../room.ts';
import type { ParsedRoomName } from '../room-name.ts';
import type { Session } from '../session.ts';
import { EMPTY, excluding } from '../small-set.ts';

export interface Join {
  readonly room: ParsedRoomName;
  readonly key?: string | undefined;
  /** An operator of the server comes in whatever stands against it. */
  readonly isForced?: boolean;
}

/** Enters a room. A room that is not there yet is made, and its maker is its operator. */
export const join = defineAction<Join>({
  name: 'join',
  run(chat, actor, { room: name, key, isForced = false }, moment) {
    const { maxRooms, maxRoomsPerSession } = chat.limits;
    const found = chat.rooms.get(name.key);
    if (found?.members.has(actor.id) === true) return refuse({ kind: 'already-in-room', room: found.title });
    if (actor.rooms.size >= maxRoomsPerSession) {
      return refuse({ kind: 'too-many-rooms', room: name.title, max: maxRoomsPerSession });
    }
    if (found === undefined && chat.rooms.size >= maxRooms) return refuse({ kind: 'server-full', max: maxRooms });
    const problem = found === undefined || isForced ? undefined : entryProblem(found, actor, key, moment);
    if (found !== undefined && problem !== undefined) {
      return refuse({ kind: 'no-entry', room: found.title, problem, forward: forwardOf(chat, found)?.title });
    }
    const room = found ?? chat.addRoom(name, { isPermanent: false, at: moment.at });
    const roles = found === undefined ? (['operator'] as const) : [];
    room.members.set(actor.id, { session: actor, roles: roles.length === 0 ? EMPTY : new Set(roles) });
    actor.rooms.set(room.name, room);
    actor.invitations = excluding(actor.invitations, [room.name]);
    countJoin(room, moment.at);
    const { title } = room;
    const audience = witnesses([room], actor.id);
    const { persona: by, away } = actor;
    return ok([
      { kind: 'joined', audience, by, room: room.name, title, roles, away, ...moment },
      ...grantRight(room, actor, moment),
      ...shownEvents(chat, room, actor, moment),
    ]);
  },
});

function entryProblem(room: Room, actor: Session, key: string | undefined, { at }: Moment): EntryProblem | undefined {
  if (roleByRight(room, actor) === 'founder') return undefined;
  if (room.flags.has('secure-only') && !actor.isSecure) return 'secure-only';
  if (actor.invitations.has(room.name)) return undefined;
  if (room.key !== undefined && room.key !== key) return 'wrong-key';
  if (isBanned(room, actor, 'entry')) return 'banned';
  const isExcepted = [...room.lists['invite-exception'].keys()].some(
    (mask) => banReach(mask, actor.persona) !== undefined,
  );
  if (room.flags.has('invite-only') && !isExcepted) return 'invite-only';
  if (room.flags.has('registered-only') && actor.persona.account === undefined) return 'registered-only';
  if (room.maxMembers !== undefined && room.members.size >= room.maxMembers) return 'full';
  const { joinThrottle, recentJoins } = room;
  const isBusy = joinThrottle !== undefined && at - recentJoins.startedAt < joinThrottle.seconds * 1000;
  return isBusy && recentJoins.count >= joinThrottle.joins ? 'too-many-joins' : undefined;
}

function countJoin({ joinThrottle, recentJoins }: Room, at: number): void {
  if (joinThrottle === undefined) return;
  if (at - recentJoins.startedAt >= joinThrottle.seconds * 1000) {
    recentJoins.startedAt = at;
    recentJoins.count = 0;
  }
  recentJoins.count++;
}
