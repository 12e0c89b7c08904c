import { defineAction } from '../action.ts';
import type { NickKey } from '../nick.ts';
import { ok } from '../result.ts';
import { MAX_ACCEPTED } from '../session.ts';

/** Says from whom one takes private messages, when one takes them from few. */
export const accept = defineAction<{ readonly add: readonly NickKey[]; readonly remove: readonly NickKey[] }>({
  name: 'accept',
  run(_chat, actor, { add, remove }) {
    for (const key of remove) actor.accepted.delete(key);
    for (const key of add) if (actor.accepted.size < MAX_ACCEPTED) actor.accepted.add(key);
    return ok([]);
  },
});
