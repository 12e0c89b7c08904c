import { defineAction } from '../action.ts';
import { ok } from '../result.ts';

/** The last device of somebody who stays on has gone: they are there no longer in person. */
export const detach = defineAction<undefined>({
  name: 'detach',
  run(_chat, actor, _input, moment) {
    actor.isAttended = false;
    if (actor.account !== undefined) actor.account.lastSeenAt = moment.at;
    return ok([{ kind: 'unattended', audience: { kind: 'sessions', sessions: [] }, by: actor.persona, ...moment }]);
  },
});
