import { defineAction } from '../action.ts';
import { ok, refuse } from '../result.ts';
import { findServerBan } from '../server-ban.ts';
import type { Origin } from '../session.ts';

/** A gateway that may be believed says where somebody really comes from. Only before others see them. */
export const comeFrom = defineAction<Origin>({
  name: 'come-from',
  run(chat, actor, { label, host, address, isSecure, certificateFingerprint }, moment) {
    if (actor.isPresent) return ok([]);
    const persona = { ...actor.persona, label, host };
    const ban = findServerBan(chat, { ...actor, persona, address }, 'network', moment.at);
    if (ban !== undefined) return refuse({ kind: 'banned-from-server', reason: ban.reason });
    actor.address = address;
    actor.isSecure = isSecure;
    for (const device of actor.devices.values()) Object.assign(device, { address, isSecure });
    actor.certificateFingerprint = certificateFingerprint;
    chat.changePersona(actor, persona);
    return ok([]);
  },
});
