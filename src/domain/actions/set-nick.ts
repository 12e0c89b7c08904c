import { defineAction } from '../action.ts';
import type { Nick } from '../nick.ts';
import { ok, refuse } from '../result.ts';

/** Takes a nickname. Another spelling of one's own nick is free to take; the very same one changes nothing. */
export const setNick = defineAction<{ readonly nick: Nick }>({
  name: 'set-nick',
  run(chat, actor, { nick }, { id, at }) {
    const owner = chat.nicks.get(nick.key);
    if (owner !== undefined && owner !== actor) return refuse({ kind: 'nick-taken', nick: nick.name });
    const from = actor.persona;
    if (from.isNamed && from.name === nick.name) return ok([]);
    chat.nicks.delete(from.key);
    chat.nicks.set(nick.key, actor);
    actor.persona = { ...from, name: nick.name, key: nick.key, isNamed: true };
    const audience = { kind: 'rooms', rooms: [...actor.rooms.keys()] } as const;
    return ok([{ kind: 'renamed', audience, by: actor.persona, from, id, at }]);
  },
});
