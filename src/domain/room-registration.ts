import type { Account } from './account.ts';
import type { Moment } from './action.ts';
import type { Chat } from './chat.ts';
import type { Event } from './event.ts';
import type { KeptLimits } from './kept-limits.ts';
import type { Role } from './role.ts';
import type { Room } from './room.ts';
import { roomClosed } from './room-closing.ts';
import type { Persona, Session } from './session.ts';
import { including } from './small-set.ts';

/** That a room belongs to an account: it stays when nobody is in it, and its people keep their roles. */
export interface RoomRegistration {
  /** Whose room it is. */
  readonly founder: Account;
  /** Roles that accounts have in it whenever they come, by the ids of the accounts. */
  readonly access: Map<number, Role>;
  /** Milliseconds since 1970. */
  readonly registeredAt: number;
  /** Nothing more is kept of what is said than this. */
  readonly kept: KeptLimits;
}

/** The role that somebody has in a room by right of their account. */
export function roleByRight({ registration }: Room, { account }: Session): Role | undefined {
  if (registration === undefined || account === undefined) return undefined;
  return registration.founder === account ? 'founder' : registration.access.get(account.id);
}

/** Gives a member the role that is theirs by right, if they do not have it; gives the event of it. */
export function grantRight(room: Room, session: Session, { at, id }: Moment): Event[] {
  const role = roleByRight(room, session);
  const member = room.members.get(session.id);
  if (role === undefined || member === undefined || member.roles.has(role)) return [];
  member.roles = including(member.roles, [role]);
  room.rosterVersion++;
  const { name, title, everyone: audience } = room;
  const changes = [{ kind: 'role', role, name: session.persona.name, on: true }] as const;
  const by = session.persona;
  return [{ kind: 'modes-set', audience, by, byServer: true, room: name, title, changes, refusals: [], at, id }];
}

/** A room is nobody's from now on, and goes if nobody is in it. */
export function giveUpRoom(chat: Chat, room: Room, by: Persona, { at, id }: Moment): Event[] {
  room.registration = undefined;
  const { name, title, everyone: audience } = room;
  const dropped: Event = { kind: 'room-dropped', audience, by, room: name, title, at, id };
  if (room.members.size > 0) return [dropped];
  chat.rooms.delete(name);
  chat.metadata.forget(name);
  return [dropped, roomClosed(room, by, { at, id })];
}
