import { defineAction } from '../action.ts';
import type { AwaySet } from '../event.ts';
import { changedEvents } from '../presence.ts';
import { ok } from '../result.ts';
import { witnesses } from '../room.ts';

/** Says that one is away, and why, or that one is back. What is known already is told to nobody else. */
export const setAway = defineAction<{ readonly away: string | undefined }>({
  name: 'set-away',
  run(chat, actor, { away }, moment) {
    const isNews = actor.away !== away;
    actor.away = away;
    const audience = witnesses(isNews ? actor.rooms.values() : [], actor.id);
    const event: AwaySet = { kind: 'away-set', audience, by: actor.persona, away, ...moment };
    return ok([event, ...(isNews ? changedEvents(chat, actor, event) : [])]);
  },
});
