import { defineAction } from '../action.ts';
import type { HostChanged } from '../event.ts';
import { changedEvents } from '../presence.ts';
import { ok, refuse } from '../result.ts';
import { witnesses } from '../room.ts';

export interface ChangeHost {
  /** The nick of whoever it is about, in any spelling. */
  readonly name: string;
  /** The host, which the caller has checked. */
  readonly host: string;
}

/** Somebody is shown with another host from now on. Where they come from stays known to operators, and to bans by it. */
export const changeHost = defineAction<ChangeHost>({
  name: 'change-host',
  run(chat, actor, { name, host }, moment) {
    if (!actor.flags.has('operator')) return refuse({ kind: 'not-server-operator' });
    const target = chat.find(name);
    if (target === undefined) return refuse({ kind: 'no-such-person', name });
    const from = target.persona;
    if (from.host === host) return ok([]);
    chat.changePersona(target, { ...from, host });
    const audience = witnesses(target.rooms.values(), target.id);
    const event: HostChanged = { kind: 'host-changed', audience, by: target.persona, from, ...moment };
    return ok([event, ...changedEvents(chat, target, event)]);
  },
});
