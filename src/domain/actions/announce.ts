import { defineAction } from '../action.ts';
import { ok, refuse } from '../result.ts';

/** An operator of the server tells something to everybody who wants to hear such things. */
export const announce = defineAction<{ readonly text: string }>({
  name: 'announce',
  run(chat, actor, { text }, moment) {
    if (!actor.flags.has('operator')) return refuse({ kind: 'not-server-operator' });
    if (text === '') return refuse({ kind: 'no-text' });
    const sessions = [...chat.sessions.values()].filter(({ flags }) => flags.has('wallops')).map(({ id }) => id);
    return ok([{ kind: 'announced', audience: { kind: 'sessions', sessions }, by: actor.persona, text, ...moment }]);
  },
});
