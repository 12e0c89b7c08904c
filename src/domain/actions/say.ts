import { defineAction } from '../action.ts';
import type { Manner } from '../event.ts';
import { ok, refuse } from '../result.ts';
import type { RoomName } from '../room-name.ts';
import { isOverBytes } from '../text.ts';

export interface Say {
  readonly room: RoomName;
  readonly manner: Manner;
  readonly text: string;
}

/** Says something to everybody else in a room that one is in. */
export const say = defineAction<Say>({
  name: 'say',
  run(chat, actor, { room: name, manner, text }, { id, at }) {
    const room = actor.rooms.get(name);
    if (room === undefined) {
      const there = chat.rooms.get(name);
      return refuse(
        there === undefined ? { kind: 'no-such-room', room: name } : { kind: 'not-in-room', room: there.title },
      );
    }
    if (text === '') return refuse({ kind: 'no-text' });
    const { maxTextBytes } = chat.limits;
    if (isOverBytes(text, maxTextBytes)) return refuse({ kind: 'text-too-long', maxBytes: maxTextBytes });
    const { everyone: audience, title } = room;
    return ok([{ kind: 'said', audience, by: actor.persona, room: name, title, manner, text, id, at }]);
  },
});
