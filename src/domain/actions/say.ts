import { defineAction } from '../action.ts';
import type { Annotations, Manner, Quoted } from '../event.ts';
import { keepsSpeech } from '../keeping.ts';
import { ok, refuse } from '../result.ts';
import type { Role } from '../role.ts';
import type { RoomName } from '../room-name.ts';
import { listeners, NO_ANNOTATIONS, roomText, speechProblem, textRefusal } from '../speech.ts';

export interface Say {
  readonly room: RoomName;
  readonly manner: Manner;
  readonly text: string;
  readonly annotations?: Annotations;
  readonly about?: Quoted | undefined;
  readonly cuts?: readonly number[] | undefined;
  /** Only members of that role, and higher, are told. */
  readonly atLeast?: Role | undefined;
}

/** Says something to everybody else in a room. */
export const say = defineAction<Say>({
  name: 'say',
  run(
    chat,
    actor,
    { room: name, manner, text, annotations = NO_ANNOTATIONS, about, cuts, atLeast },
    { id, at, cannotKeep },
  ) {
    const room = chat.rooms.get(name);
    if (room === undefined) return refuse({ kind: 'no-such-room', room: name });
    const { title } = room;
    const problem = speechProblem(room, actor);
    if (problem !== undefined) return refuse({ kind: 'no-speech', room: title, problem });
    const refusal = textRefusal(chat, text);
    if (refusal !== undefined) return refuse(refusal);
    const taken = roomText(room, manner, text);
    if (typeof taken !== 'string') return refuse({ kind: 'no-speech', room: title, problem: taken.problem });
    const isKept = keepsSpeech(chat, room, actor);
    if (isKept && cannotKeep === true) return refuse({ kind: 'not-kept' });
    actor.activeAt = at;
    if (isKept) room.recordVersion++;
    const audience = listeners(room, actor, atLeast);
    const by = actor.persona;
    return ok([
      {
        kind: 'said',
        audience,
        by,
        room: name,
        title,
        manner,
        text: taken,
        annotations,
        about,
        cuts: taken === text ? cuts : undefined,
        isKept,
        atLeast,
        id,
        at,
      },
    ]);
  },
});
