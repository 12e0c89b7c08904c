import { defineAction } from '../action.ts';
import type { Event } from '../event.ts';
import type { Nick } from '../nick.ts';
import { nickRefusal } from '../nick-ownership.ts';
import { watchedEvents } from '../presence.ts';
import { ok, refuse } from '../result.ts';
import { hasRole, isBanned, witnesses } from '../room.ts';

/** Takes a nickname. Another spelling of one's own nick is free to take; the very same one changes nothing. */
export const setNick = defineAction<{ readonly nick: Nick }>({
  name: 'set-nick',
  run(chat, actor, { nick }, moment) {
    const refusal = nickRefusal(chat, actor, nick);
    if (refusal !== undefined) return refuse(refusal);
    const from = actor.persona;
    if (from.isNamed && from.name === nick.name) return ok([]);
    for (const room of actor.rooms.values()) {
      const isFixed = room.flags.has('no-nick-changes');
      if ((!isFixed && !isBanned(room, actor, 'speech')) || hasRole(room, actor.id, 'voice')) continue;
      const why = isFixed ? 'no-nick-changes' : 'banned';
      return refuse({ kind: 'nick-fixed', nick: nick.name, room: room.title, why });
    }
    if (actor.isPresent && from.isNamed) chat.remember(actor, moment.at);
    chat.releaseNick(from);
    chat.giveNick(actor, nick);
    chat.changePersona(actor, { ...from, name: nick.name, key: nick.key, isNamed: true });
    const audience = witnesses(actor.rooms.values(), actor.id);
    const events: Event[] = [{ kind: 'renamed', audience, by: actor.persona, from, ...moment }];
    if (actor.isPresent && from.key !== nick.key) {
      events.push(...watchedEvents(chat, from, false, moment), ...watchedEvents(chat, actor.persona, true, moment));
    }
    return ok(events);
  },
});
