import { defineAction } from '../action.ts';
import { ok } from '../result.ts';

/** Says that one is away, and why, or that one is back. */
export const setAway = defineAction<{ readonly away: string | undefined }>({
  name: 'set-away',
  run(_chat, actor, { away }, moment) {
    actor.away = away;
    const audience = { kind: 'rooms', rooms: [...actor.rooms.keys()] } as const;
    return ok([{ kind: 'away-set', audience, by: actor.persona, away, ...moment }]);
  },
});
