import type { Chat } from './chat.ts';
import type { NickKey } from './nick.ts';
import type { Device, Session } from './session.ts';

/** What most devices watch. */
export const NO_NICKS: ReadonlyMap<NickKey, string> = new Map();

/** A device is no longer to be told of some nicks; its session is, while another device of it wants to be. */
export function unwatch(chat: Chat, session: Session, device: Device, keys: readonly NickKey[]): void {
  const gone = new Set(keys.filter((key) => device.watched.has(key)));
  if (gone.size === 0) return;
  device.watched = new Map([...device.watched].filter(([key]) => !gone.has(key)));
  for (const key of gone) {
    if ([...session.devices.values()].some(({ watched }) => watched.has(key))) continue;
    const watchers = chat.watchers.get(key);
    watchers?.delete(session.id);
    if (watchers?.size === 0) chat.watchers.delete(key);
  }
}
