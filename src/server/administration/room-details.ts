import type { Chat } from '../../domain/chat.ts';
import { keptLimits, type KeptLimits } from '../../domain/kept-limits.ts';
import { rankOf, type Role } from '../../domain/role.ts';
import type { JoinThrottle, ListEntry, Room, RoomList, Topic } from '../../domain/room.ts';

/** All that whoever runs the server is told of a room. Times are milliseconds since 1970. */
export interface RoomDetails {
  readonly name: string;
  readonly createdAt: number;
  /** Whether it is there from the start of the server. */
  readonly isPermanent: boolean;
  readonly topic: Topic | undefined;
  readonly flags: readonly string[];
  readonly key: string | undefined;
  readonly maxMembers: number | undefined;
  readonly forward: string | undefined;
  readonly joinThrottle: JoinThrottle | undefined;
  readonly lists: Readonly<Record<RoomList, readonly ListEntry[]>>;
  readonly members: readonly { readonly nick: string; readonly roles: readonly Role[] }[];
  /** Undefined when it belongs to nobody, like the next. */
  readonly founder: string | undefined;
  readonly registeredAt: number | undefined;
  /** How much of what is said there is kept, unless it keeps nothing. */
  readonly kept: KeptLimits;
  readonly access: readonly AccessEntry[];
}

/** A role that an account has in a room by right. */
interface AccessEntry {
  readonly account: string;
  readonly role: Role;
}

export function roomDetails(chat: Chat, room: Room): RoomDetails {
  const { title, createdAt, isPermanent, topic, flags, key, maxMembers, forward, joinThrottle, lists } = room;
  const { members, registration } = room;
  const access = [...chat.accounts.values()].flatMap(({ id, name: account }): AccessEntry[] => {
    const role = registration?.access.get(id);
    return role === undefined ? [] : [{ account, role }];
  });
  return {
    name: title,
    createdAt,
    isPermanent,
    topic,
    flags: [...flags],
    key,
    maxMembers,
    forward: forward?.title,
    joinThrottle,
    lists: {
      ban: [...lists.ban.values()],
      'ban-exception': [...lists['ban-exception'].values()],
      'invite-exception': [...lists['invite-exception'].values()],
    },
    members: [...members.values()].map(({ session, roles }) => ({ nick: session.persona.name, roles: [...roles] })),
    founder: registration?.founder.name,
    registeredAt: registration?.registeredAt,
    kept: keptLimits(chat, room),
    access: access.toSorted((one, other) => rankOf(other.role) - rankOf(one.role)),
  };
}
