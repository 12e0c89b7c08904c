import { identityOf, staysOn, type Account } from './account.ts';
import type { Chat } from './chat.ts';
import { nickKey } from './nick.ts';
import { nickLook } from './nick-look.ts';
import type { Role } from './role.ts';
import type { ParsedRoomName } from './room-name.ts';
import { UNSPECIFIED_AWAY, type Session, type SessionFlag, type SessionId } from './session.ts';
import { EMPTY } from './small-set.ts';

/** What is kept of somebody who stays on, so that they are here again when the server is. Plain data. */
export interface Stay {
  /** The id of the account. */
  readonly account: number;
  readonly name: string;
  readonly label: string;
  readonly user: string;
  readonly host: string;
  readonly realName: string;
  readonly isSecure: boolean;
  readonly flags: readonly SessionFlag[];
  readonly away: string | undefined;
  readonly connectedAt: number;
  readonly activeAt: number;
  /** Whether a device was there. */
  readonly isAttended: boolean;
  readonly rooms: readonly { readonly name: ParsedRoomName; readonly roles: readonly Role[] }[];
}

/** What is to be kept of somebody; undefined when they do not stay on. */
export function stayOf(chat: Chat, session: Session): Stay | undefined {
  const { account, persona, devices, flags, away, isSecure, connectedAt, activeAt, rooms } = session;
  if (account === undefined || !staysOn(chat, session)) return undefined;
  const { name, label, user, host, realName } = persona;
  return {
    account: account.id,
    name,
    label,
    user,
    host,
    realName,
    isSecure,
    // Whether somebody may still be an operator of the server they have to show anew.
    flags: [...flags].filter((flag) => flag !== 'operator'),
    away,
    connectedAt,
    activeAt,
    isAttended: devices.size > 0,
    rooms: [...rooms.values()].map((room) => ({
      name: { key: room.name, title: room.title },
      roles: [...(room.members.get(session.id)?.roles ?? [])],
    })),
  };
}

/** Whether an account has been without a device for longer than its owner may stay on so. */
export function isOverdue({ limits }: Chat, { lastSeenAt }: Account, at: number): boolean {
  return limits.maxUnattendedMs !== undefined && at - lastSeenAt > limits.maxUnattendedMs;
}

/** Somebody who stayed on is here again, without a device, in the rooms that they were in. */
export function resumeStay(chat: Chat, id: SessionId, stay: Stay, at: number): void {
  const account = [...chat.accounts.values()].find((one) => one.id === stay.account);
  const [key, look] = [nickKey(stay.name), nickLook(stay.name)];
  // A server that was killed had no time to note when their devices went.
  if (account !== undefined && stay.isAttended) account.lastSeenAt = at;
  const isAlone = account === undefined || chat.isTaken({ key, look, name: stay.name });
  if (isAlone || isOverdue(chat, account, at) || chat.sessions.size >= chat.limits.maxSessions) return;
  const { name, label, user, host, realName } = stay;
  const session: Session = {
    id,
    persona: {
      session: id,
      name,
      key,
      isNamed: true,
      label,
      user,
      host,
      realName,
      account: account.name,
      identity: identityOf(account),
      isBot: stay.flags.includes('bot'),
    },
    account,
    isPresent: true,
    devices: new Map(),
    isExpelled: false,
    address: '',
    isSecure: stay.isSecure,
    certificateFingerprint: undefined,
    rooms: new Map(),
    flags: new Set(stay.flags),
    invitations: EMPTY,
    accepted: EMPTY,
    away: stay.away ?? UNSPECIFIED_AWAY,
    connectedAt: stay.connectedAt,
    activeAt: stay.activeAt,
  };
  if (!staysOn(chat, session)) return;
  chat.sessions.set(id, session);
  chat.giveNick(session, { key, look, name });
  chat.count(session, 1);
  for (const { name: roomName, roles } of stay.rooms) {
    if (!chat.rooms.has(roomName.key) && chat.rooms.size >= chat.limits.maxRooms) continue;
    if (session.rooms.size >= chat.limits.maxRoomsPerSession) break;
    const room = chat.rooms.get(roomName.key) ?? chat.addRoom(roomName, { isPermanent: false, at });
    room.members.set(id, { session, roles: new Set(roles) });
    session.rooms.set(room.name, room);
  }
}
