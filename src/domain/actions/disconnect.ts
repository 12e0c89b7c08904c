import { defineAction } from '../action.ts';
import { leaveServer } from '../departure.ts';
import { ok } from '../result.ts';

/** Somebody leaves for good, with every device of theirs. */
export const disconnect = defineAction<{ readonly reason: string }>({
  name: 'disconnect',
  run: (chat, actor, { reason }, moment) => ok(leaveServer(chat, actor, reason, moment)),
});
