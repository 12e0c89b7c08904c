import { defineAction } from '../action.ts';
import { nickKey } from '../nick.ts';
import { ok, refuse } from '../result.ts';
import type { SessionId } from '../session.ts';
import { unwatch } from '../watching.ts';

export interface Watch {
  readonly device: SessionId;
  readonly add?: readonly string[];
  readonly remove?: readonly string[] | 'all';
}

/**
 * Asks to be told on a device when nicks come and go, or no longer. Names that go over its limit are refused, all of
 * them.
 */
export const watch = defineAction<Watch>({
  name: 'watch',
  run(chat, actor, { device: id, add = [], remove = [] }) {
    const device = actor.devices.get(id);
    if (device === undefined) return refuse({ kind: 'not-connected' });
    const { watched } = device;
    const { maxWatched: max } = chat.limits;
    const wanted = new Map(add.map((name) => [nickKey(name), name]));
    for (const key of watched.keys()) wanted.delete(key);
    if (wanted.size > 0 && watched.size + wanted.size > max) {
      return refuse({ kind: 'watch-list-full', names: [...wanted.values()], max });
    }
    unwatch(chat, actor, device, remove === 'all' ? [...watched.keys()] : remove.map(nickKey));
    if (wanted.size > 0) device.watched = new Map([...device.watched, ...wanted]);
    for (const key of wanted.keys()) {
      chat.watchers.set(key, (chat.watchers.get(key) ?? new Set()).add(actor.id));
    }
    return ok([]);
  },
});
