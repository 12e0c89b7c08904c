import { defineAction } from '../action.ts';
import { watchedEvents } from '../presence.ts';
import { ok, refuse } from '../result.ts';
import { findServerBan } from '../server-ban.ts';
import type { SessionFlag } from '../session.ts';
import { including } from '../small-set.ts';

export interface Introduce {
  readonly user?: string;
  readonly realName?: string;
  /** What is on for them from the start. */
  readonly flags?: readonly SessionFlag[];
}

/** Somebody has said who they are, or that they will not: from now on others see them. */
export const introduce = defineAction<Introduce>({
  name: 'introduce',
  run(chat, actor, { user, realName, flags = [] }, moment) {
    const { persona } = actor;
    const introduced = { ...persona, user: user ?? persona.user, realName: realName ?? persona.realName };
    const ban = findServerBan(chat, { ...actor, persona: introduced }, 'name', moment.at);
    if (ban !== undefined) return refuse({ kind: 'banned-from-server', reason: ban.reason });
    chat.changePersona(actor, introduced);
    if (flags.length > 0) actor.flags = including(actor.flags, flags);
    if (!actor.isPresent) chat.count(actor, 1);
    actor.isPresent = true;
    if (actor.account !== undefined) actor.account.lastSeenAt = moment.at;
    const audience = { kind: 'sessions', sessions: [] } as const;
    return ok([
      { kind: 'introduced', audience, by: actor.persona, ...moment },
      ...watchedEvents(chat, actor.persona, true, moment),
    ]);
  },
});
