import type { Account } from './account.ts';
import type { Moment } from './action.ts';
import type { Chat } from './chat.ts';
import { visitIdentity } from './conversation.ts';
import type { Event, ModesSet } from './event.ts';
import { guestNick, type Nick } from './nick.ts';
import { nickLook } from './nick-look.ts';
import { changedEvents, watchedEvents } from './presence.ts';
import { witnesses } from './room.ts';
import { roleByRight } from './room-registration.ts';
import type { Session } from './session.ts';
import { excluding } from './small-set.ts';

/** A nick for a guest that nobody has and that is no account's: that of the suffix, or one like it. */
export function freeGuestNick(chat: Chat, suffix: string): Nick {
  for (let count = 1; ; count++) {
    const nick = guestNick(count === 1 ? suffix : `${suffix}-${count}`);
    if (!chat.isTaken(nick) && chat.accountOf(nick) === undefined) return nick;
  }
}

/** Strangers who are called what belongs to an account are guests again: its owner has come. */
export function makeWay(chat: Chat, account: Account, moment: Moment): Event[] {
  const holders = [...account.nicks].flatMap(([key, name]) => [chat.nicks.get(key), chat.looks.get(nickLook(name))]);
  const strangers = new Set(holders.filter((holder) => holder !== undefined && holder.account !== account));
  return [...strangers].flatMap((stranger) => (stranger === undefined ? [] : becomeGuest(chat, stranger, moment)));
}

/** Somebody acts for their account no longer. What is theirs by right of it, their nick too, they have no more. */
export function leaveAccount(chat: Chat, session: Session, moment: Moment): Event[] {
  const { account } = session;
  if (account === undefined) return [];
  const revoked = revokeRights(session, moment);
  session.account = undefined;
  // Several may leave at one moment.
  const identity = visitIdentity(`${moment.id}-${session.id}`);
  chat.changePersona(session, { ...session.persona, account: undefined, identity });
  const audience = witnesses(session.rooms.values(), session.id);
  const loggedOut = { kind: 'logged-out', audience, by: session.persona, ...moment } as const;
  const changed = changedEvents(chat, session, loggedOut);
  return [...revoked, loggedOut, ...changed, ...leaveNick(chat, session, account, moment)];
}

/** Takes from somebody the roles that they have by right of their account. */
export function revokeRights(session: Session, { at, id }: Moment): Event[] {
  return [...session.rooms.values()].flatMap((room): ModesSet[] => {
    const role = roleByRight(room, session);
    const member = room.members.get(session.id);
    if (role === undefined || member?.roles.has(role) !== true) return [];
    member.roles = excluding(member.roles, [role]);
    room.rosterVersion++;
    const { name, title, everyone: audience } = room;
    const changes = [{ kind: 'role', role, name: session.persona.name, on: false }] as const;
    const by = session.persona;
    return [{ kind: 'modes-set', audience, by, byServer: true, room: name, title, changes, refusals: [], at, id }];
  });
}

/** Somebody whose nick belongs to an account that they were logged in to, and are no more, is a guest again. */
export function leaveNick(chat: Chat, session: Session, account: Account, moment: Moment): Event[] {
  return chat.nickOwners.get(session.persona.key) === account ? becomeGuest(chat, session, moment) : [];
}

function becomeGuest(chat: Chat, session: Session, moment: Moment): Event[] {
  const from = session.persona;
  chat.releaseNick(from);
  // With a zero it is a name that nobody can choose.
  const nick = freeGuestNick(chat, `0${session.id.replaceAll(/\D/g, '')}`);
  chat.giveNick(session, nick);
  chat.changePersona(session, { ...from, name: nick.name, key: nick.key, isNamed: false });
  const audience = witnesses(session.rooms.values(), session.id);
  return [
    { kind: 'renamed', audience, by: session.persona, from, ...moment },
    ...(session.isPresent ? watchedEvents(chat, from, false, moment) : []),
  ];
}
