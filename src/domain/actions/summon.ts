import { defineAction } from '../action.ts';
import { ok, refuse } from '../result.ts';
import type { ParsedRoomName } from '../room-name.ts';

export interface Summon {
  /** A nick, in any spelling. */
  readonly name: string;
  readonly room: ParsedRoomName;
}

/** Makes somebody enter a room, whatever stands against it. Their own session is told, and goes. */
export const summon = defineAction<Summon>({
  name: 'summon',
  run(chat, actor, { name, room }, moment) {
    if (!actor.flags.has('operator')) return refuse({ kind: 'not-server-operator' });
    const target = chat.find(name);
    if (target === undefined) return refuse({ kind: 'no-such-person', name });
    if (target.rooms.has(room.key)) {
      return refuse({ kind: 'person-already-in-room', name: target.persona.name, room: room.title });
    }
    const audience = { kind: 'sessions', sessions: [target.id] } as const;
    return ok([{ kind: 'summoned', audience, by: actor.persona, whom: target.persona, to: room, ...moment }]);
  },
});
