import { defineAction } from '../action.ts';
import type { DeviceName } from '../device-name.ts';
import { ok, refuse } from '../result.ts';
import type { SessionId } from '../session.ts';

/** Says which of somebody's devices this is: from now on it is remembered how far it has been told what was said. */
export const nameDevice = defineAction<{ readonly device: SessionId; readonly name: DeviceName }>({
  name: 'name-device',
  run(_chat, actor, { device: id, name }) {
    const device = actor.devices.get(id);
    if (device === undefined) return refuse({ kind: 'not-connected' });
    device.name = name;
    return ok([]);
  },
});
