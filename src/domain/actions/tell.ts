import { absentOwner, absentPersona, listenerOf } from '../absence.ts';
import { defineAction } from '../action.ts';
import type { Annotations, Manner, Quoted } from '../event.ts';
import { keepsTalk } from '../keeping.ts';
import { ok, refuse } from '../result.ts';
import { acceptAnswers, privacyProblem } from '../privacy.ts';
import { NO_ANNOTATIONS, textRefusal } from '../speech.ts';

export interface Tell {
  /** The nick of the one to be told, in any spelling. */
  readonly to: string;
  readonly manner: Manner;
  readonly text: string;
  readonly annotations?: Annotations;
  readonly about?: Quoted | undefined;
  readonly cuts?: readonly number[] | undefined;
}

/** How often somebody is told at most that others want to write to them, in milliseconds. */
const CALL_INTERVAL_MS = 60_000;

/** Says something to one person alone. Whoever has an account and is not here finds it when they come back. */
export const tell = defineAction<Tell>({
  name: 'tell',
  run(chat, actor, { to, manner, text, annotations = NO_ANNOTATIONS, about, cuts }, { id, at, cannotKeep }) {
    const refusal = textRefusal(chat, text);
    const { persona: by } = actor;
    const listener = listenerOf(chat, to);
    if (listener === undefined) {
      // A program's question is for one that can answer it now.
      const isForLater = manner !== 'query' && manner !== 'query-answer';
      const account = isForLater ? absentOwner(chat, to) : undefined;
      if (account === undefined || !keepsTalk(chat, actor, { account })) {
        return refuse({ kind: 'no-such-person', name: to });
      }
      if (refusal !== undefined) return refuse(refusal);
      if (cannotKeep === true) return refuse({ kind: 'not-kept' });
      actor.activeAt = at;
      const audience = { kind: 'sessions', sessions: [] } as const;
      const absent = absentPersona(account, to);
      return ok([
        { kind: 'told', audience, by, to: absent, manner, text, annotations, about, cuts, isKept: true, id, at },
      ]);
    }
    if (refusal !== undefined) return refuse(refusal);
    const problem = privacyProblem(listener, actor, manner);
    const isAnswer = manner === 'notice' || manner === 'query-answer';
    if (problem !== undefined) {
      const { persona: whom, calledAt = -Infinity } = listener;
      const isTold = problem === 'callers-accepted' && !isAnswer && at - calledAt >= CALL_INTERVAL_MS;
      if (!isTold) return refuse({ kind: 'not-accepted', name: whom.name, why: problem });
      listener.calledAt = at;
      return ok([{ kind: 'caller-waits', audience: { kind: 'sessions', sessions: [] }, by, whom, id, at }]);
    }
    const isKept = keepsTalk(chat, actor, listener);
    if (isKept && cannotKeep === true) return refuse({ kind: 'not-kept' });
    if (!isAnswer) acceptAnswers(actor, listener);
    actor.activeAt = at;
    const audience = { kind: 'sessions', sessions: [listener.id] } as const;
    return ok([
      { kind: 'told', audience, by, to: listener.persona, manner, text, annotations, about, cuts, isKept, id, at },
    ]);
  },
});
