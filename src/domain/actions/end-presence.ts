import { defineAction } from '../action.ts';
import { expelSession } from '../departure.ts';
import { ok, refuse } from '../result.ts';

/** Somebody ends another presence of their own account: a connection that is dead, say, and has yet to be found so. */
export const endPresence = defineAction<{ readonly name: string }>({
  name: 'end-presence',
  run(chat, actor, { name }, moment) {
    if (actor.account === undefined) return refuse({ kind: 'not-logged-in' });
    const target = chat.find(name);
    if (target === undefined) return refuse({ kind: 'no-such-person', name });
    if (target === actor || target.account !== actor.account) return refuse({ kind: 'not-your-presence', name });
    return ok(expelSession(chat, target, { by: actor.persona, reason: 'ended by its owner', isBanned: false }, moment));
  },
});
