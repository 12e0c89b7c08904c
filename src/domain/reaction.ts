import type { Annotations, Audience } from './event.ts';

/** Somebody's sign at a message, or the taking back of one. */
export interface Reaction {
  readonly sign: string;
  readonly isTakenBack: boolean;
}

/** IRCv3 react, with the name that it is to have in the end; likewise below. */
const REACTING = ['+draft/react', '+react'] as const;
const TAKING_BACK = ['+draft/unreact', '+unreact'] as const;
/** IRCv3 reply. */
const REPLYING = ['+reply', '+draft/reply'] as const;
/** With it a client says that what has no text is worth keeping all the same. Ergo and clients of it know it. */
const KEEPING = ['+draft/persist', '+persist'] as const;

/** What of annotations is a reaction; undefined when nothing is. */
export function reactionIn(annotations: Annotations): Reaction | undefined {
  const sign = firstOf(annotations, REACTING);
  if (sign !== undefined) return { sign, isTakenBack: false };
  const takenBack = firstOf(annotations, TAKING_BACK);
  return takenBack === undefined ? undefined : { sign: takenBack, isTakenBack: true };
}

/** The id of the message that is replied or reacted to; undefined when there is none. */
export function repliedTo(annotations: Annotations): string | undefined {
  return annotations.size === 0 ? undefined : firstOf(annotations, REPLYING);
}

/** Whether annotations without a message may be kept. What is for some of a room alone would have to be kept from the rest. */
export function isLasting(annotations: Annotations, audience: Audience): boolean {
  if (audience.kind === 'rooms' && audience.atLeast !== undefined) return false;
  return reactionIn(annotations) !== undefined || KEEPING.some((name) => annotations.has(name));
}

function firstOf(annotations: Annotations, names: readonly string[]): string | undefined {
  const name = names.find((candidate) => annotations.get(candidate));
  return name === undefined ? undefined : annotations.get(name);
}
