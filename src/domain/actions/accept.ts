import { defineAction } from '../action.ts';
import type { NickKey } from '../nick.ts';
import { ok } from '../result.ts';
import { MAX_ACCEPTED } from '../session.ts';
import { excluding, including } from '../small-set.ts';

/** Says from whom one takes private messages, when one takes them from few. */
export const accept = defineAction<{ readonly add: readonly NickKey[]; readonly remove: readonly NickKey[] }>({
  name: 'accept',
  run(_chat, actor, { add, remove }) {
    const kept = excluding(actor.accepted, remove);
    const fresh = [...excluding(new Set(add), kept)];
    actor.accepted = including(kept, fresh.slice(0, MAX_ACCEPTED - kept.size));
    return ok([]);
  },
});
