import { defineAction } from '../action.ts';
import { expelSession } from '../departure.ts';
import { ok, refuse } from '../result.ts';

export interface Expel {
  /** The nick of the one to go, in any spelling. */
  readonly name: string;
  readonly reason: string;
}

/** Puts somebody off the server. Their own devices are told, and leave. */
export const expel = defineAction<Expel>({
  name: 'expel',
  run(chat, actor, { name, reason }, moment) {
    if (!actor.flags.has('operator')) return refuse({ kind: 'not-server-operator' });
    const target = chat.find(name);
    if (target === undefined) return refuse({ kind: 'no-such-person', name });
    return ok(expelSession(chat, target, { by: actor.persona, reason, isBanned: false }, moment));
  },
});
