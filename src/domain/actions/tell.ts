import { defineAction } from '../action.ts';
import type { Manner } from '../event.ts';
import { nickKey } from '../nick.ts';
import { ok, refuse } from '../result.ts';
import { isOverBytes } from '../text.ts';

export interface Tell {
  /** The nick of the one to be told, in any spelling. */
  readonly to: string;
  readonly manner: Manner;
  readonly text: string;
}

/** Says something to one person alone. */
export const tell = defineAction<Tell>({
  name: 'tell',
  run(chat, actor, { to, manner, text }, { id, at }) {
    const listener = chat.nicks.get(nickKey(to));
    if (listener === undefined) return refuse({ kind: 'no-such-person', name: to });
    if (text === '') return refuse({ kind: 'no-text' });
    const { maxTextBytes } = chat.limits;
    if (isOverBytes(text, maxTextBytes)) return refuse({ kind: 'text-too-long', maxBytes: maxTextBytes });
    const audience = { kind: 'sessions', sessions: [listener.id] } as const;
    return ok([{ kind: 'told', audience, by: actor.persona, to: listener.persona, manner, text, id, at }]);
  },
});
