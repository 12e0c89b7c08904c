import { defineAction } from '../action.ts';
import { completeMask } from '../mask.ts';
import { ok, refuse } from '../result.ts';
import { serverBanKey, type ServerBanKind } from '../server-ban.ts';

export interface LiftServerBan {
  readonly kind: ServerBanKind;
  readonly mask: string;
}

/** Lets people come to the server again. */
export const liftServerBan = defineAction<LiftServerBan>({
  name: 'lift-server-ban',
  run(chat, actor, { kind, mask: text }, moment) {
    if (!actor.flags.has('operator')) return refuse({ kind: 'not-server-operator' });
    const key = serverBanKey(kind, kind === 'name' ? completeMask(text) : text);
    const ban = chat.serverBans.get(key);
    if (ban === undefined) return refuse({ kind: 'no-such-server-ban', mask: text });
    chat.serverBans.delete(key);
    const audience = { kind: 'sessions', sessions: [] } as const;
    return ok([{ kind: 'server-ban-lifted', audience, by: actor.persona, ban, ...moment }]);
  },
});
