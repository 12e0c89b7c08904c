import type { Action } from '../action.ts';
import { visitIdentity } from '../conversation.ts';
import { freeGuestNick } from '../guest-again.ts';
import { ok, refuse } from '../result.ts';
import { findServerBan } from '../server-ban.ts';
import type { Device, Origin, Persona, Session } from '../session.ts';
import { EMPTY } from '../small-set.ts';
import { NO_NICKS } from '../watching.ts';

/** Somebody arrives, as a guest in no room whom nobody sees yet. The actor is the id of the session to be. */
export const connect: Action<Origin> = {
  name: 'connect',
  run(chat, id, origin, { id: eventId, at }) {
    const { label, guestSuffix, host, address, isSecure, certificateFingerprint } = origin;
    const { maxSessions } = chat.limits;
    if (chat.sessions.size >= maxSessions) return refuse({ kind: 'server-full', max: maxSessions });
    const nick = freeGuestNick(chat, guestSuffix);
    const { key, name } = nick;
    const persona: Persona = {
      session: id,
      name,
      key,
      isNamed: false,
      label,
      user: 'guest',
      host,
      realName: label,
      account: undefined,
      identity: visitIdentity(eventId),
      isBot: false,
    };
    const device: Device = {
      id,
      name: undefined,
      absentSince: undefined,
      address,
      isSecure,
      away: undefined,
      awayAt: at,
      watched: NO_NICKS,
      subscriptions: EMPTY,
    };
    const session: Session = {
      id,
      persona,
      account: undefined,
      isPresent: false,
      devices: new Map([[id, device]]),
      isExpelled: false,
      address,
      isSecure,
      certificateFingerprint,
      rooms: new Map(),
      flags: EMPTY,
      invitations: EMPTY,
      accepted: EMPTY,
      away: undefined,
      connectedAt: at,
      activeAt: at,
    };
    const ban = findServerBan(chat, session, 'network', at);
    if (ban !== undefined) return refuse({ kind: 'banned-from-server', reason: ban.reason });
    chat.sessions.set(id, session);
    chat.giveNick(session, nick);
    return ok([{ kind: 'connected', audience: { kind: 'sessions', sessions: [] }, by: persona, id: eventId, at }]);
  },
};
