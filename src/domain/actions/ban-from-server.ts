import { defineAction } from '../action.ts';
import { expelSession } from '../departure.ts';
import { completeMask } from '../mask.ts';
import { ok, refuse } from '../result.ts';
import {
  isServerBanFor,
  MAX_SERVER_BANS,
  parseNetwork,
  serverBanKey,
  type ServerBan,
  type ServerBanKind,
} from '../server-ban.ts';

export interface BanFromServer {
  readonly kind: ServerBanKind;
  readonly mask: string;
  readonly reason: string;
  /** How long, in milliseconds; undefined for good. */
  readonly forMs: number | undefined;
}

/** Keeps people from the server, and puts out those who are there. By an operator of the server, and never of themselves. */
export const banFromServer = defineAction<BanFromServer>({
  name: 'ban-from-server',
  run(chat, actor, { kind, mask: text, reason, forMs }, moment) {
    if (!actor.flags.has('operator')) return refuse({ kind: 'not-server-operator' });
    const network = kind === 'network' ? parseNetwork(text) : undefined;
    if (kind === 'network' && network === undefined) return refuse({ kind: 'bad-network', text });
    const mask = kind === 'name' ? completeMask(text) : text;
    const key = serverBanKey(kind, mask);
    if (chat.serverBans.size >= MAX_SERVER_BANS && !chat.serverBans.has(key)) {
      return refuse({ kind: 'too-many-server-bans', max: MAX_SERVER_BANS });
    }
    const { at } = moment;
    const until = forMs === undefined ? undefined : at + forMs;
    const ban: ServerBan = { kind, mask, reason, by: actor.persona.name, at, until, network };
    if (isServerBanFor(ban, actor)) return refuse({ kind: 'bans-oneself', mask });
    chat.serverBans.set(key, ban);
    const by = actor.persona;
    const nobody = { kind: 'sessions', sessions: [] } as const;
    const expelled = [...chat.sessions.values()].filter((session) => isServerBanFor(ban, session));
    return ok([
      { kind: 'server-banned', audience: nobody, by, ban, expelled: expelled.length, ...moment },
      ...expelled.flatMap((session) => expelSession(chat, session, { by, reason, isBanned: true }, moment)),
    ]);
  },
});
