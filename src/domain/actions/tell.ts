import { defineAction } from '../action.ts';
import type { Annotations, Manner } from '../event.ts';
import { ok, refuse } from '../result.ts';
import { NO_ANNOTATIONS, textRefusal } from '../speech.ts';

export interface Tell {
  /** The nick of the one to be told, in any spelling. */
  readonly to: string;
  readonly manner: Manner;
  readonly text: string;
  readonly annotations?: Annotations;
}

/** Says something to one person alone. */
export const tell = defineAction<Tell>({
  name: 'tell',
  run(chat, actor, { to, manner, text, annotations = NO_ANNOTATIONS }, moment) {
    const listener = chat.find(to);
    if (listener === undefined) return refuse({ kind: 'no-such-person', name: to });
    const refusal = textRefusal(chat, text);
    if (refusal !== undefined) return refuse(refusal);
    const { persona: by } = actor;
    const isPrivileged = actor === listener || actor.flags.has('operator');
    if (listener.flags.has('registered-only') && by.account === undefined && !isPrivileged) {
      return refuse({ kind: 'not-accepted', name: listener.persona.name, why: 'registered-only' });
    }
    if (listener.flags.has('callers-accepted') && !isPrivileged && !listener.accepted.has(by.key)) {
      return refuse({ kind: 'not-accepted', name: listener.persona.name, why: 'callers-accepted' });
    }
    actor.activeAt = moment.at;
    const audience = { kind: 'sessions', sessions: [listener.id] } as const;
    return ok([{ kind: 'told', audience, by, to: listener.persona, manner, text, annotations, ...moment }]);
  },
});
