import { defineAction } from '../action.ts';
import type { MetadataKey } from '../metadata.ts';
import { ok, refuse } from '../result.ts';
import type { SessionId } from '../session.ts';
import { switched } from '../small-set.ts';

export interface SubscribeMetadata {
  readonly device: SessionId;
  readonly key: MetadataKey;
  readonly on: boolean;
}

/** Asks to be told on a device when something of that kind is said about a person or a room, or no longer. */
export const subscribeMetadata = defineAction<SubscribeMetadata>({
  name: 'subscribe-metadata',
  run(chat, actor, { device, key, on }) {
    const client = actor.devices.get(device);
    if (client === undefined) return refuse({ kind: 'not-connected' });
    const { subscriptions } = client;
    const { maxSubscriptions: max } = chat.limits;
    if (on && !subscriptions.has(key) && subscriptions.size >= max) {
      return refuse({ kind: 'too-many-subscriptions', max });
    }
    client.subscriptions = switched(subscriptions, key, on);
    return ok([]);
  },
});
