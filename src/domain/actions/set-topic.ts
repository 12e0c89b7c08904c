import { defineAction } from '../action.ts';
import { ok, refuse } from '../result.ts';
import { isAtLeast } from '../role.ts';
import type { RoomName } from '../room-name.ts';
import { isOverBytes } from '../text.ts';

/** Changes a room's topic and tells everyone in it; an empty text clears it. Needs operator where it is locked. */
export const setTopic = defineAction<{ readonly room: RoomName; readonly text: string }>({
  name: 'set-topic',
  run(chat, actor, { room: name, text }, { id, at }) {
    const room = chat.rooms.get(name);
    if (room === undefined) return refuse({ kind: 'no-such-room', room: name });
    const { everyone: audience, title } = room;
    const member = room.members.get(actor.id);
    if (member === undefined) return refuse({ kind: 'not-in-room', room: title });
    if (room.isTopicLocked && !isAtLeast(member.role, 'operator')) return refuse({ kind: 'not-operator', room: title });
    const { maxTopicBytes } = chat.limits;
    if (isOverBytes(text, maxTopicBytes)) return refuse({ kind: 'text-too-long', maxBytes: maxTopicBytes });
    room.topic = text === '' ? undefined : { text, by: actor.persona.name, at };
    return ok([{ kind: 'topic-set', audience, by: actor.persona, room: name, title, topic: room.topic, id, at }]);
  },
});
