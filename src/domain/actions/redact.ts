import { listenerOf } from '../absence.ts';
import { defineAction } from '../action.ts';
import type { Annotated, Said, Told } from '../event.ts';
import { ok, refuse } from '../result.ts';
import { hasRole } from '../room.ts';
import type { RoomName } from '../room-name.ts';

export interface Redact {
  /** As it was kept. */
  readonly message: Said | Told | Annotated;
  /** Where it was said: a room, or the nick of the other person. */
  readonly to: { readonly room: RoomName } | { readonly name: string };
  readonly reason: string;
}

/**
 * Takes back something that was said, or a reaction: it is gone from history. That is for its author, for some time, and
 * in a room for its half-operators as well, and for operators of the server.
 */
export const redact = defineAction<Redact>({
  name: 'redact',
  run(chat, actor, { message, to, reason }, { id, at, cannotKeep }) {
    const { persona: by } = actor;
    const room = 'room' in to ? chat.rooms.get(to.room) : undefined;
    if ('room' in to && room === undefined) return refuse({ kind: 'no-such-room', room: to.room });
    const isOwn = message.by.identity === by.identity;
    const isModerator = room !== undefined && (hasRole(room, actor.id, 'half-operator') || actor.flags.has('operator'));
    if (!isOwn && !isModerator) return refuse({ kind: 'not-own-message', id: message.id });
    const { redactHours } = chat.limits;
    if (!isModerator && redactHours > 0 && at - message.at > redactHours * 3_600_000) {
      return refuse({ kind: 'too-late-to-redact', id: message.id, hours: redactHours });
    }
    if (cannotKeep === true) return refuse({ kind: 'not-kept' });
    const common = { kind: 'redacted', by, message, reason, id, at } as const;
    if ('name' in to) {
      const listener = listenerOf(chat, to.name);
      const sessions = listener === undefined || listener === actor ? [] : [listener.id];
      const other = listener?.persona ?? partner(message, by.identity);
      return ok([{ ...common, audience: { kind: 'sessions', sessions }, to: other }]);
    }
    const { title = '' } = room ?? {};
    // Those are told who were told of the message.
    const { atLeast } = message.kind === 'told' ? { atLeast: undefined } : message;
    const audience = { kind: 'rooms', rooms: [to.room], ...(atLeast === undefined ? {} : { atLeast }) } as const;
    return ok([{ ...common, audience, to: { room: to.room, title } }]);
  },
});

/** The other person of a private message that somebody may read. */
function partner(message: Said | Told | Annotated, own: string): Told['to'] {
  const isFromOther = message.by.identity !== own || message.kind === 'said' || 'room' in message.to;
  return isFromOther ? message.by : message.to;
}
