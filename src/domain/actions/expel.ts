import { defineAction } from '../action.ts';
import { ok, refuse } from '../result.ts';

export interface Expel {
  /** The nick of the one to go, in any spelling. */
  readonly name: string;
  readonly reason: string;
}

/** Puts somebody off the server. Their own session is told, and leaves. */
export const expel = defineAction<Expel>({
  name: 'expel',
  run(chat, actor, { name, reason }, moment) {
    if (!actor.flags.has('operator')) return refuse({ kind: 'not-server-operator' });
    const target = chat.find(name);
    if (target === undefined) return refuse({ kind: 'no-such-person', name });
    const audience = { kind: 'sessions', sessions: [target.id] } as const;
    const { persona: whom } = target;
    return ok([{ kind: 'expelled', audience, by: actor.persona, whom, reason, isBanned: false, ...moment }]);
  },
});
