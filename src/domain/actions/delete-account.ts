import { identityOf } from '../account.ts';
import { findOwnAccount, type OfAccount } from '../account-action.ts';
import { defineAction } from '../action.ts';
import { leaveServer } from '../departure.ts';
import type { Event } from '../event.ts';
import { leaveAccount } from '../guest-again.ts';
import { ok, refuse } from '../result.ts';
import { giveUpRoom } from '../room-registration.ts';

/** An account is no more. Whoever is here with it is a guest who keeps their nick; its rooms are nobody's. */
export const deleteAccount = defineAction<OfAccount>({
  name: 'delete-account',
  run(chat, actor, { account: key }, moment) {
    const found = findOwnAccount(chat, actor, key, 'owner');
    if (!found.ok) return found;
    if (moment.cannotKeep === true) return refuse({ kind: 'not-kept' });
    const account = found.value;
    const by = actor.persona;
    chat.removeAccount(account);
    chat.seenMarks.forget(identityOf(account));
    chat.metadata.forget(identityOf(account));
    const events = chat
      .sessionsOf(account)
      .flatMap((session) =>
        session.devices.size === 0 ? leaveServer(chat, session, '', moment) : leaveAccount(chat, session, moment),
      );
    for (const room of chat.rooms.values()) {
      const { registration, name, title, everyone: audience } = room;
      if (registration?.founder === account) events.push(...giveUpRoom(chat, room, by, moment));
      else if (registration?.access.delete(account.id) === true) {
        events.push({ kind: 'room-registration-changed', audience, by, room: name, title, ...moment });
      }
    }
    const audience = { kind: 'sessions', sessions: [] } as const;
    const removed: Event = { kind: 'account-removed', audience, by, account, ...moment };
    return ok([removed, ...events]);
  },
});
