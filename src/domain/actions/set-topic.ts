import { defineAction } from '../action.ts';
import { fullName } from '../mask.ts';
import { ok, refuse } from '../result.ts';
import { hasRole } from '../room.ts';
import type { RoomName } from '../room-name.ts';
import { outsideRefusal } from '../speech.ts';
import { isOverBytes } from '../text.ts';

/** Changes a room's topic and tells everyone in it; an empty text clears it. Needs half-operator where it is locked. */
export const setTopic = defineAction<{ readonly room: RoomName; readonly text: string }>({
  name: 'set-topic',
  run(chat, actor, { room: name, text }, moment) {
    const room = chat.rooms.get(name);
    if (room?.members.has(actor.id) !== true) return refuse(outsideRefusal(room, actor, name));
    const { everyone: audience, title } = room;
    if (room.flags.has('topic-locked') && !hasRole(room, actor.id, 'half-operator')) {
      return refuse({ kind: 'not-operator', room: title, needed: 'half-operator' });
    }
    const { maxTopicBytes } = chat.limits;
    if (isOverBytes(text, maxTopicBytes)) return refuse({ kind: 'text-too-long', maxBytes: maxTopicBytes });
    const { persona: by } = actor;
    room.topic = text === '' ? undefined : { text, by: by.name, fullName: fullName(by), at: moment.at };
    return ok([{ kind: 'topic-set', audience, by, room: name, title, topic: room.topic, ...moment }]);
  },
});
