import type { Chat } from '../domain/chat.ts';
import { roomConversation } from '../domain/conversation.ts';
import type { KeptLimits } from '../domain/kept-limits.ts';
import type { KeptShare, Retention } from '../storage/pruning.ts';

const DAY_MS = 86_400_000;

/** How much is kept by now: as the settings say, and the founders of rooms. */
export function retentionOf({ limits, rooms }: Chat): Retention {
  const own = [...rooms.values()].flatMap(({ name, registration }) =>
    registration === undefined ? [] : [[roomConversation(name), share(registration.kept)] as const],
  );
  const limited = own.filter(([, { maxAgeMs, maxMessages }]) => maxAgeMs !== undefined || maxMessages !== undefined);
  return { everywhere: share(limits.kept), rooms: new Map(limited) };
}

function share({ days, messages }: KeptLimits): KeptShare {
  return { maxAgeMs: days === undefined ? undefined : days * DAY_MS, maxMessages: messages };
}
