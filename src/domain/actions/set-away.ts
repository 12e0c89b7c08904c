import { defineAction } from '../action.ts';
import { reckonAway } from '../away.ts';
import { ok, refuse } from '../result.ts';
import type { SessionId } from '../session.ts';

export interface SetAway {
  readonly device: SessionId;
  /** `UNSPECIFIED_AWAY` where there is no reason; undefined for being back. */
  readonly away: string | undefined;
}

/** Says that nobody is at a device, and why, or that somebody is. What is known already is told to nobody else. */
export const setAway = defineAction<SetAway>({
  name: 'set-away',
  run(chat, actor, { device: id, away }, moment) {
    const device = actor.devices.get(id);
    if (device === undefined) return refuse({ kind: 'not-connected' });
    device.away = away;
    device.awayAt = moment.at;
    const news = reckonAway(chat, actor, moment);
    if (news.length > 0) return ok(news);
    const audience = { kind: 'rooms', rooms: [] } as const;
    const { persona: by } = actor;
    return ok([{ kind: 'away-set', audience, by, away: actor.away, isNews: false, ...moment }]);
  },
});
