import type { Chat } from './chat.ts';
import type { Room } from './room.ts';

/** How much of what is said is kept. What is more is deleted. */
export interface KeptLimits {
  /** For how long, in days; undefined for ever, or for as long as everywhere. */
  readonly days: number | undefined;
  /** How many messages of a room, the last ones; undefined for any number, or for as many as everywhere. */
  readonly messages: number | undefined;
}

export const NO_LIMITS: KeptLimits = { days: undefined, messages: undefined };

/** How much is kept of what is said in a room: its founder may have it keep less than others do, not more. */
export function keptLimits({ limits }: Chat, { registration }: Room): KeptLimits {
  const own = registration?.kept ?? NO_LIMITS;
  return { days: least(limits.kept.days, own.days), messages: least(limits.kept.messages, own.messages) };
}

function least(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
}
