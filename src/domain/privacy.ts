import type { Manner } from './event.ts';
import type { PrivacyProblem } from './refusal.ts';
import { MAX_ACCEPTED, type Session } from './session.ts';
import { including } from './small-set.ts';

/** Why somebody does not take a private message, if they do not. Annotations without a message have no manner. */
export function privacyProblem(listener: Session, actor: Session, manner?: Manner): PrivacyProblem | undefined {
  const { flags, accepted } = listener;
  if (actor === listener || actor.flags.has('operator')) return undefined;
  if (flags.has('no-ctcp') && (manner === 'query' || manner === 'query-answer')) return 'no-ctcp';
  if (accepted.has(actor.persona.key)) return undefined;
  if (flags.has('registered-only') && actor.persona.account === undefined) return 'registered-only';
  return flags.has('callers-accepted') ? 'callers-accepted' : undefined;
}

/** Whoever takes private messages from few and writes to somebody wants to have the answer. */
export function acceptAnswers(actor: Session, listener: Session): void {
  const { flags, accepted } = actor;
  const isChoosy = flags.has('registered-only') || flags.has('callers-accepted');
  if (isChoosy && accepted.size < MAX_ACCEPTED) actor.accepted = including(accepted, [listener.persona.key]);
}
