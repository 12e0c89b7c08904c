import { defineAction } from '../action.ts';
import { watchedEvents } from '../presence.ts';
import { ok } from '../result.ts';
import { witnesses } from '../room.ts';
import { leaveRoom } from '../room-closing.ts';

/** Somebody leaves for good, or their connection does: out of every room, and their nick is free again. */
export const disconnect = defineAction<{ readonly reason: string }>({
  name: 'disconnect',
  run(chat, actor, { reason }, moment) {
    const { persona } = actor;
    const rooms = [...actor.rooms.keys()];
    const audience = witnesses(actor.rooms.values(), actor.id);
    const closing = [...actor.rooms.values()].flatMap((room) => leaveRoom(chat, room, actor, moment));
    for (const key of actor.watched.keys()) {
      const watchers = chat.watchers.get(key);
      watchers?.delete(actor.id);
      if (watchers?.size === 0) chat.watchers.delete(key);
    }
    chat.releaseNick(persona);
    chat.sessions.delete(actor.id);
    if (actor.isPresent) chat.count(actor, -1);
    if (actor.isPresent && persona.isNamed) chat.remember(actor, moment.at);
    return ok([
      { kind: 'disconnected', audience, by: persona, rooms, reason, ...moment },
      ...(actor.isPresent ? watchedEvents(chat, persona, false, moment) : []),
      ...closing,
    ]);
  },
});
