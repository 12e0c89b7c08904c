import { defineAction } from '../action.ts';
import { ok } from '../result.ts';

/** Changes the name that stands beside one's nick. */
export const setRealName = defineAction<{ readonly realName: string }>({
  name: 'set-real-name',
  run(_chat, actor, { realName }, moment) {
    actor.persona = { ...actor.persona, realName };
    const audience = { kind: 'rooms', rooms: [...actor.rooms.keys()] } as const;
    return ok([{ kind: 'real-name-set', audience, by: actor.persona, ...moment }]);
  },
});
