import type { Audience } from './event.ts';
import { banReach } from './mask.ts';
import { highestRank, rankOf, type Role } from './role.ts';
import type { RoomRegistration } from './room-registration.ts';
import type { ParsedRoomName, RoomName } from './room-name.ts';
import type { Session, SessionId } from './session.ts';

export interface Topic {
  readonly text: string;
  readonly by: string;
  /** `nick!user@host` of whoever set it, as they were shown then; older topics have none. */
  readonly fullName?: string | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface Member {
  readonly session: Session;
  roles: ReadonlySet<Role>;
}

/** What may be switched on in a room. */
export type RoomFlag =
  | 'invite-only'
  | 'moderated'
  | 'no-outside-messages'
  | 'secret'
  | 'private'
  | 'topic-locked'
  | 'no-formatting'
  | 'no-ctcp'
  | 'no-nick-changes'
  | 'registered-only'
  | 'registered-speak'
  | 'strip-formatting'
  | 'no-kicks'
  | 'secure-only'
  /** What those without a voice say is for the operators alone. */
  | 'operator-moderated'
  /** Those without a voice are seen by those with one alone. */
  | 'auditorium'
  | 'unrecorded';

/** Lists of masks: who may not come in, who may all the same, who may come in without an invitation. */
export type RoomList = 'ban' | 'ban-exception' | 'invite-exception';

export interface ListEntry {
  readonly mask: string;
  readonly by: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** At most so many people may join in so many seconds. */
export interface JoinThrottle {
  readonly joins: number;
  readonly seconds: number;
}

/** A room and who is in it. Only actions change it. */
export interface Room {
  name: RoomName;
  /** The name as its maker spelled it, or whoever renamed it. */
  title: string;
  /** A permanent room stays when the last one leaves. */
  readonly isPermanent: boolean;
  readonly createdAt: number;
  /** The audience of what happens here; one object as long as it has the name. */
  everyone: Audience;
  readonly members: Map<SessionId, Member>;
  /** Changes when a member goes, or is called or ranked otherwise, or the room is; a newcomer is the last of `members` and changes nothing. */
  rosterVersion: number;
  /** Changes when something is said here that is kept, or the room is renamed. */
  recordVersion: number;
  readonly flags: Set<RoomFlag>;
  readonly lists: Readonly<Record<RoomList, Map<string, ListEntry>>>;
  topic: Topic | undefined;
  key: string | undefined;
  maxMembers: number | undefined;
  /** Where somebody who may not come in is sent. */
  forward: ParsedRoomName | undefined;
  joinThrottle: JoinThrottle | undefined;
  /** Whose room it is, if it is anybody's. */
  registration: RoomRegistration | undefined;
  /** Joins since `startedAt`, for the throttle. */
  recentJoins: { count: number; startedAt: number };
}

/** Where a room sends those who may not come in, if that room is still there. */
export function forwardOf(chat: { readonly rooms: ReadonlyMap<RoomName, Room> }, room: Room): Room | undefined {
  return room.forward === undefined ? undefined : chat.rooms.get(room.forward.key);
}

/** How high a session stands in a room: -1 for a member without a role, -2 for somebody who is not a member. */
export function rankIn(room: Room, session: SessionId): number {
  const member = room.members.get(session);
  return member === undefined ? -2 : highestRank(member.roles);
}

/** Whether a session is a member and has at least that role. */
export function hasRole(room: Room, session: SessionId, role: Role): boolean {
  return rankIn(room, session) >= rankOf(role);
}

function isHidden(room: Room, session: SessionId): boolean {
  return room.flags.has('auditorium') && room.members.get(session)?.roles.size === 0;
}

/** Whether somebody may see that another is a member. */
export function seesMember(room: Room, viewer: Session, member: SessionId): boolean {
  return !isHidden(room, member) || hasRole(room, viewer.id, 'voice') || viewer.flags.has('operator');
}

/** Who is told that a member comes, goes or is called otherwise. Ask before the member is taken out. */
export function witnesses(rooms: Iterable<Room>, member: SessionId): Audience {
  const all = [...rooms];
  const quiet = all.filter((room) => isHidden(room, member));
  const [only] = all;
  if (quiet.length === 0 && only !== undefined && all.length === 1) return only.everyone;
  const names = all.map(({ name }) => name);
  if (quiet.length === 0) return { kind: 'rooms', rooms: names };
  return { kind: 'rooms', rooms: names, quietIn: new Set(quiet.map(({ name }) => name)) };
}

/** Whether a session is kept out, or kept from speaking, by a ban that no exception lifts. */
export function isBanned(room: Room, session: Session, from: 'entry' | 'speech'): boolean {
  const bans = room.lists.ban;
  if (bans.size === 0) return false;
  // A ban from speaking keeps nobody out, and an exception to such a ban lets nobody in.
  const reaches = (mask: string): boolean => {
    const reach = banReach(mask, session.persona);
    return reach === 'all' || (reach === 'speech' && from === 'speech');
  };
  return [...bans.keys()].some(reaches) && ![...room.lists['ban-exception'].keys()].some(reaches);
}

/** Whether not everybody can come in, so that what is said there is not for everybody. */
export function isRestricted({ flags, key }: Room): boolean {
  const closing = ['invite-only', 'secret', 'private', 'registered-only'] as const;
  return key !== undefined || closing.some((flag) => flags.has(flag));
}

/** Whether somebody who is not in a room may learn that it is there. */
export function isVisibleTo(room: Room, session: Session): boolean {
  const isHidden = room.flags.has('secret') || room.flags.has('private');
  return !isHidden || room.members.has(session.id) || session.flags.has('operator');
}
