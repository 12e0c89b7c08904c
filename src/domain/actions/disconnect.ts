import { defineAction } from '../action.ts';
import { ok } from '../result.ts';

/** Somebody leaves for good, or their connection does: out of every room, and their nick is free again. */
export const disconnect = defineAction<{ readonly reason: string }>({
  name: 'disconnect',
  run(chat, actor, { reason }, { id, at }) {
    const rooms = [...actor.rooms.keys()];
    for (const room of actor.rooms.values()) chat.removeMember(room, actor);
    chat.nicks.delete(actor.persona.key);
    chat.sessions.delete(actor.id);
    return ok([{ kind: 'disconnected', audience: { kind: 'rooms', rooms }, by: actor.persona, rooms, reason, id, at }]);
  },
});
