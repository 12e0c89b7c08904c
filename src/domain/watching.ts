import type { Chat } from './chat.ts';
import type { NickKey } from './nick.ts';
import type { Device, Session } from './session.ts';

/** A device is no longer to be told of some nicks; its session is, while another device of it wants to be. */
export function unwatch(chat: Chat, session: Session, device: Device, keys: readonly NickKey[]): void {
  for (const key of keys) {
    if (!device.watched.delete(key)) continue;
    if ([...session.devices.values()].some(({ watched }) => watched.has(key))) continue;
    const watchers = chat.watchers.get(key);
    watchers?.delete(session.id);
    if (watchers?.size === 0) chat.watchers.delete(key);
  }
}
