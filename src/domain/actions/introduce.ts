import { defineAction } from '../action.ts';
import { watchedEvents } from '../presence.ts';
import { ok } from '../result.ts';

/** Somebody has said who they are, or that they will not: from now on others see them. */
export const introduce = defineAction<{ readonly user?: string; readonly realName?: string }>({
  name: 'introduce',
  run(chat, actor, { user, realName }, moment) {
    const { persona } = actor;
    if (!actor.isPresent) chat.count(actor, 1);
    actor.isPresent = true;
    chat.changePersona(actor, { ...persona, user: user ?? persona.user, realName: realName ?? persona.realName });
    const audience = { kind: 'sessions', sessions: [] } as const;
    return ok([
      { kind: 'introduced', audience, by: actor.persona, ...moment },
      ...watchedEvents(chat, actor.persona, true, moment),
    ]);
  },
});
