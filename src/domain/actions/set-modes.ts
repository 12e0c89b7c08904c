import { isDeepStrictEqual } from 'node:util';
import { defineAction } from '../action.ts';
import type { Chat } from '../chat.ts';
import { normalizeBan } from '../mask.ts';
import type { ModeChange } from '../mode-change.ts';
import type { OneRefusal } from '../refusal.ts';
import { ok, refuse } from '../result.ts';
import { rankOf, type Role } from '../role.ts';
import { hasRole, rankIn, type Room } from '../room.ts';
import type { RoomName } from '../room-name.ts';
import type { Session } from '../session.ts';
import { outsideRefusal } from '../speech.ts';
import { switched } from '../small-set.ts';

export interface SetModes {
  readonly room: RoomName;
  readonly changes: readonly ModeChange[];
  /** An operator of the server changes what they like. */
  readonly isForced?: boolean;
}

/** The role that it takes to give or take one: voice is for half-operators, higher ones are for those who have them. */
function roleNeededFor(role: Role): Role {
  if (role === 'voice') return 'half-operator';
  if (role === 'half-operator' || role === 'operator') return 'operator';
  return 'founder';
}

/**
 * Makes changes to how a room is run, in their order, each that may be made: what is asked for at once is one event. What
 * changes nothing is no event.
 */
export const setModes = defineAction<SetModes>({
  name: 'set-modes',
  run(chat, actor, { room: name, changes: asked, isForced = false }, moment) {
    const room = chat.rooms.get(name);
    if (room === undefined || (!room.members.has(actor.id) && !isForced)) {
      return refuse(outsideRefusal(room, actor, name));
    }
    const { everyone: audience, title } = room;
    const changes: ModeChange[] = [];
    const refusals: OneRefusal[] = [];
    for (const change of asked) {
      const done = apply(chat, room, actor, change, isForced, moment.at);
      if (done === undefined) continue;
      if ('change' in done) changes.push(done.change);
      else if (!refusals.some((refusal) => isDeepStrictEqual(refusal, done.refusal))) refusals.push(done.refusal);
    }
    if (changes.length === 0) return refusals.length === 0 ? ok([]) : refuse({ kind: 'several', refusals });
    return ok([{ kind: 'modes-set', audience, by: actor.persona, room: name, title, changes, refusals, ...moment }]);
  },
});

type Done = { readonly change: ModeChange } | { readonly refusal: OneRefusal } | undefined;

function apply(chat: Chat, room: Room, actor: Session, change: ModeChange, isForced: boolean, at: number): Done {
  const may = (role: Role): boolean => isForced || hasRole(room, actor.id, role);
  const needed = change.kind === 'role' ? roleNeededFor(change.role) : 'half-operator';
  if (change.kind === 'role') return applyRole(chat, room, actor, change, may);
  if (!may(needed)) return { refusal: { kind: 'not-operator', room: room.title, needed } };
  switch (change.kind) {
    case 'flag':
      if (room.flags.has(change.flag) === change.on) return undefined;
      if (change.on) room.flags.add(change.flag);
      else room.flags.delete(change.flag);
      return { change };
    case 'key': {
      const key = change.on ? change.key : undefined;
      if (room.key === key) return undefined;
      const shown = key ?? room.key ?? '*';
      room.key = key;
      return { change: { ...change, key: shown } };
    }
    case 'max-members':
      if (room.maxMembers === change.max) return undefined;
      room.maxMembers = change.max;
      return { change };
    case 'forward':
      return applyForward(chat, room, change, isForced ? undefined : actor);
    case 'join-throttle':
      if (isDeepStrictEqual(room.joinThrottle, change.throttle)) return undefined;
      room.joinThrottle = change.throttle;
      room.recentJoins = { count: 0, startedAt: 0 };
      return { change };
    case 'list':
      return applyList(chat, room, actor, change, at);
  }
}

/** Whoever sends people on to another room must be operator there too. @param actor undefined when it is forced. */
function applyForward(
  chat: Chat,
  room: Room,
  change: ModeChange & { readonly kind: 'forward' },
  actor: Session | undefined,
): Done {
  const { room: forward } = change;
  if (room.forward?.key === forward?.key) return undefined;
  if (forward !== undefined) {
    const target = chat.rooms.get(forward.key);
    if (target === undefined || target === room) {
      return { refusal: { kind: 'no-such-forward', room: room.title, forward: forward.title } };
    }
    if (actor !== undefined && !hasRole(target, actor.id, 'operator')) {
      return { refusal: { kind: 'not-operator', room: target.title, needed: 'operator' } };
    }
  }
  room.forward = forward;
  return { change };
}

function applyList(
  chat: Chat,
  room: Room,
  actor: Session,
  change: ModeChange & { readonly kind: 'list' },
  at: number,
): Done {
  const list = room.lists[change.list];
  const mask = normalizeBan(change.mask);
  const existing = [...list.keys()].find((other) => other.toLowerCase() === mask.toLowerCase());
  if (!change.on) {
    if (existing === undefined) return undefined;
    list.delete(existing);
    return { change: { ...change, mask: existing } };
  }
  if (existing !== undefined) return undefined;
  const { maxListEntries: max } = chat.limits;
  if (list.size >= max) return { refusal: { kind: 'list-full', room: room.title, list: change.list, max } };
  list.set(mask, { mask, by: actor.persona.name, at });
  return { change: { ...change, mask } };
}

function applyRole(
  chat: Chat,
  room: Room,
  actor: Session,
  change: ModeChange & { readonly kind: 'role' },
  may: (role: Role) => boolean,
): Done {
  const target = chat.find(change.name);
  const isOwn = target?.id === actor.id;
  const needed = roleNeededFor(change.role);
  // Anybody may step down.
  if (!may(needed) && !(isOwn && !change.on)) return { refusal: { kind: 'not-operator', room: room.title, needed } };
  if (target === undefined) return { refusal: { kind: 'no-such-person', name: change.name } };
  const { name } = target.persona;
  const member = room.members.get(target.id);
  if (member === undefined) return { refusal: { kind: 'person-not-in-room', name, room: room.title } };
  const isAbove = !change.on && !isOwn && rankIn(room, target.id) > rankIn(room, actor.id);
  if (isAbove && !may('founder')) {
    return {
      refusal: {
        kind: 'not-operator',
        room: room.title,
        needed: rankIn(room, target.id) >= rankOf('founder') ? 'founder' : 'protected',
      },
    };
  }
  if (member.roles.has(change.role) === change.on) return undefined;
  member.roles = switched(member.roles, change.role, change.on);
  room.rosterVersion++;
  return { change: { ...change, name } };
}
