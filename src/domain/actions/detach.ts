import { defineAction } from '../action.ts';
import { dropDevice } from '../departure.ts';
import { ok, refuse } from '../result.ts';
import type { SessionId } from '../session.ts';

export interface Detach {
  readonly device: SessionId;
  readonly reason: string;
}

/** A device of somebody's has gone. With their last one they leave, unless they are to stay on. */
export const detach = defineAction<Detach>({
  name: 'detach',
  run(chat, actor, { device: id, reason }, moment) {
    const device = actor.devices.get(id);
    if (device === undefined) return refuse({ kind: 'not-connected' });
    return ok(dropDevice(chat, actor, { device, reason }, moment));
  },
});
