import { defineAction } from '../action.ts';
import { ok } from '../result.ts';

/** A device of somebody's comes in: they are there in person. */
export const attach = defineAction<undefined>({
  name: 'attach',
  run(_chat, actor, _input, moment) {
    if (actor.isAttended) return ok([]);
    actor.isAttended = true;
    actor.activeAt = moment.at;
    if (actor.account !== undefined) actor.account.lastSeenAt = moment.at;
    return ok([{ kind: 'attended', audience: { kind: 'sessions', sessions: [] }, by: actor.persona, ...moment }]);
  },
});
