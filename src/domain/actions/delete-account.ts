import { identityOf } from '../account.ts';
import { findOwnAccount, type OfAccount } from '../account-action.ts';
import { defineAction, type Moment } from '../action.ts';
import type { Chat } from '../chat.ts';
import { leaveServer } from '../departure.ts';
import type { Erased, Event, Said } from '../event.ts';
import { leaveAccount } from '../guest-again.ts';
import { ok, refuse } from '../result.ts';
import { giveUpRoom } from '../room-registration.ts';
import type { Persona } from '../session.ts';

export interface DeleteAccount extends OfAccount {
  /**
   * Set when all that was said and done with it is to be deleted as well: what was said with it lately, so that those who
   * may still see it are told.
   */
  readonly erases?: readonly Said[] | undefined;
}

/** An account is no more. Whoever is here with it is a guest who keeps their nick; its rooms are nobody's. */
export const deleteAccount = defineAction<DeleteAccount>({
  name: 'delete-account',
  run(chat, actor, { account: key, erases }, moment) {
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
    const isErased = erases !== undefined;
    if (isErased) chat.forgetDeparted([...account.nicks.keys()]);
    const removed: Event = { kind: 'account-removed', audience, by, account, isErased, ...moment };
    return ok([removed, ...events, ...erasedEvents(chat, { by, whose: account.name, said: erases ?? [] }, moment)]);
  },
});

function erasedEvents(
  chat: Chat,
  { by, whose, said }: { readonly by: Persona; readonly whose: string; readonly said: readonly Said[] },
  moment: Moment,
): Erased[] {
  return [...new Set(said.map(({ room }) => room))].flatMap((name) => {
    const room = chat.rooms.get(name);
    // What some of a room were not told of they are not told of now.
    const messages = said.filter((one) => one.room === name && one.atLeast === undefined).map(({ id }) => id);
    if (room === undefined || messages.length === 0) return [];
    const { title, everyone: audience } = room;
    return [{ kind: 'erased', audience, by, room: name, title, whose, messages, ...moment }];
  });
}
