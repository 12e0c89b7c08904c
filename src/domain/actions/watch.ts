import { defineAction } from '../action.ts';
import { nickKey } from '../nick.ts';
import { ok, refuse } from '../result.ts';

export interface Watch {
  readonly add?: readonly string[];
  readonly remove?: readonly string[] | 'all';
}

/** Asks to be told when nicks come and go, or no longer. Names that go over the limit are refused, all of them. */
export const watch = defineAction<Watch>({
  name: 'watch',
  run(chat, actor, { add = [], remove = [] }) {
    const { maxWatched: max } = chat.limits;
    const wanted = new Map(add.map((name) => [nickKey(name), name]));
    for (const key of actor.watched.keys()) wanted.delete(key);
    if (wanted.size > 0 && actor.watched.size + wanted.size > max) {
      return refuse({ kind: 'watch-list-full', names: [...wanted.values()], max });
    }
    const gone = remove === 'all' ? [...actor.watched.keys()] : remove.map(nickKey);
    for (const key of gone) {
      if (!actor.watched.delete(key)) continue;
      const watchers = chat.watchers.get(key);
      watchers?.delete(actor.id);
      if (watchers?.size === 0) chat.watchers.delete(key);
    }
    for (const [key, name] of wanted) {
      actor.watched.set(key, name);
      chat.watchers.set(key, (chat.watchers.get(key) ?? new Set()).add(actor.id));
    }
    return ok([]);
  },
});
