import { staysOn } from './account.ts';
import type { Moment } from './action.ts';
import { reckonAway } from './away.ts';
import type { Chat } from './chat.ts';
import type { Event, Expelled } from './event.ts';
import { watchedEvents } from './presence.ts';
import { witnesses } from './room.ts';
import { leaveRoom } from './room-closing.ts';
import type { Device, Persona, Session } from './session.ts';
import { unwatch } from './watching.ts';

/** Somebody leaves for good: out of every room, and their nick is free again. */
export function leaveServer(chat: Chat, session: Session, reason: string, moment: Moment): Event[] {
  const { persona } = session;
  const { at, id } = moment;
  const rooms = [...session.rooms.keys()];
  const audience = witnesses(session.rooms.values(), session.id);
  const closing = [...session.rooms.values()].flatMap((room) => leaveRoom(chat, room, session, moment));
  for (const device of session.devices.values()) unwatch(chat, session, device, [...device.watched.keys()]);
  if (session.account === undefined) {
    chat.readMarkers.forget(persona.identity);
    chat.metadata.forget(persona.identity);
  }
  chat.releaseNick(persona);
  chat.sessions.delete(session.id);
  if (session.isPresent) chat.count(session, -1);
  if (session.isPresent && session.account !== undefined) session.account.lastSeenAt = at;
  if (session.isPresent && persona.isNamed) chat.remember(session, at);
  return [
    { kind: 'disconnected', audience, by: persona, rooms, reason, at, id },
    ...(session.isPresent ? watchedEvents(chat, persona, false, moment) : []),
    ...closing,
  ];
}

/** A device of somebody's has gone, and they with their last one, unless they are to stay on. */
export function dropDevice(
  chat: Chat,
  session: Session,
  { device, reason }: { readonly device: Device; readonly reason: string },
  moment: Moment,
): Event[] {
  const { account, devices } = session;
  if (devices.size === 1 && !staysOn(chat, session)) return leaveServer(chat, session, reason, moment);
  unwatch(chat, session, device, [...device.watched.keys()]);
  devices.delete(device.id);
  if (account !== undefined) account.lastSeenAt = moment.at;
  const away = reckonAway(chat, session, moment);
  if (devices.size > 0) {
    reckonSecure(session);
    return away;
  }
  const { at, id } = moment;
  const audience = { kind: 'sessions', sessions: [] } as const;
  return [{ kind: 'unattended', audience, by: session.persona, at, id }, ...away];
}

/** Puts somebody off the server. Their devices are told, and leave; without one they are gone at once. */
export function expelSession(
  chat: Chat,
  session: Session,
  { by, reason, isBanned }: { readonly by: Persona; readonly reason: string; readonly isBanned: boolean },
  moment: Moment,
): Event[] {
  session.isExpelled = true;
  const { at, id } = moment;
  const audience = { kind: 'sessions', sessions: [session.id] } as const;
  const event: Expelled = { kind: 'expelled', audience, by, whom: session.persona, reason, isBanned, at, id };
  return [event, ...(session.devices.size === 0 ? leaveServer(chat, session, reason, moment) : [])];
}

/** Somebody is on an encrypted connection if all of their devices are. */
export function reckonSecure(session: Session): void {
  session.isSecure = [...session.devices.values()].every(({ isSecure }) => isSecure);
}
