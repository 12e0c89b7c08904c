import { defineAction } from '../action.ts';
import { ok } from '../result.ts';
import type { SessionFlag } from '../session.ts';
import { switched } from '../small-set.ts';

export interface SetFlags {
  readonly changes: readonly { readonly flag: SessionFlag; readonly on: boolean }[];
}

/**
 * Switches things on or off for oneself; of several changes of one thing the last counts. That somebody may call
 * themselves operator is for the caller to know.
 */
export const setFlags = defineAction<SetFlags>({
  name: 'set-flags',
  run(chat, actor, { changes }, moment) {
    const wanted = new Map(changes.map((change) => [change.flag, change]));
    const done = [...wanted.values()].filter(({ flag, on }) => actor.flags.has(flag) !== on);
    if (done.length === 0) return ok([]);
    if (actor.isPresent) chat.count(actor, -1);
    for (const { flag, on } of done) actor.flags = switched(actor.flags, flag, on);
    if (actor.isPresent) chat.count(actor, 1);
    chat.changePersona(actor, { ...actor.persona, isBot: actor.flags.has('bot') });
    const audience = { kind: 'sessions', sessions: [] } as const;
    return ok([{ kind: 'flags-set', audience, by: actor.persona, changes: done, ...moment }]);
  },
});
