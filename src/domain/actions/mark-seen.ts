import { defineAction } from '../action.ts';
import { sequenceOf } from '../message-id.ts';
import { ok, refuse } from '../result.ts';
import type { SessionId } from '../session.ts';

export interface MarkSeen {
  readonly device: SessionId;
  /** The sequence number of the last thing that the device has been told; undefined for all that was said so far. */
  readonly upTo: number | undefined;
}

/** Notes how far a device of somebody with an account has been told what was said. */
export const markSeen = defineAction<MarkSeen>({
  name: 'mark-seen',
  run(chat, actor, { device: id, upTo: given }, moment) {
    const name = actor.devices.get(id)?.name;
    const now = sequenceOf(moment.id);
    if (now === undefined) return refuse({ kind: 'not-connected' });
    if (actor.account === undefined || name === undefined) return ok([]);
    const { persona: by } = actor;
    const upTo = Math.min(given ?? now, now);
    if (upTo <= (chat.seenMarks.get(by.identity, name) ?? -1)) return ok([]);
    const forgotten = chat.seenMarks.set(by.identity, name, upTo);
    const audience = { kind: 'sessions', sessions: [] } as const;
    return ok([{ kind: 'marked-seen', audience, by, device: name, upTo, forgotten, ...moment }]);
  },
});
