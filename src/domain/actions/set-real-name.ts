import { defineAction } from '../action.ts';
import type { RealNameSet } from '../event.ts';
import { changedEvents } from '../presence.ts';
import { ok } from '../result.ts';
import { witnesses } from '../room.ts';

/** Changes the name that stands beside one's nick. */
export const setRealName = defineAction<{ readonly realName: string }>({
  name: 'set-real-name',
  run(chat, actor, { realName }, moment) {
    chat.changePersona(actor, { ...actor.persona, realName });
    const audience = witnesses(actor.rooms.values(), actor.id);
    const event: RealNameSet = { kind: 'real-name-set', audience, by: actor.persona, ...moment };
    return ok([event, ...changedEvents(chat, actor, event)]);
  },
});
