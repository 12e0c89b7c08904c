import { defineAction } from '../action.ts';
import type { Annotations, Quoted } from '../event.ts';
import { keepsSpeech, keepsTalk } from '../keeping.ts';
import { isLasting } from '../reaction.ts';
import { ok, refuse } from '../result.ts';
import type { Role } from '../role.ts';
import type { RoomName } from '../room-name.ts';
import { privacyProblem } from '../privacy.ts';
import { listeners, speechProblem } from '../speech.ts';

export interface Annotate {
  /** A room, or the nick of a person in any spelling. */
  readonly to: { readonly room: RoomName } | { readonly name: string };
  readonly annotations: Annotations;
  readonly about?: Quoted | undefined;
  readonly atLeast?: Role | undefined;
}

/** Sends annotations without a message, such as a reaction or that one is typing. Held to the rules of speaking. */
export const annotate = defineAction<Annotate>({
  name: 'annotate',
  run(chat, actor, { to, annotations, about, atLeast }, { id, at, cannotKeep }) {
    const { persona: by } = actor;
    if ('name' in to) {
      const listener = chat.find(to.name);
      if (listener === undefined) return refuse({ kind: 'no-such-person', name: to.name });
      const problem = privacyProblem(listener, actor);
      if (problem !== undefined) return refuse({ kind: 'not-accepted', name: listener.persona.name, why: problem });
      const audience = { kind: 'sessions', sessions: [listener.id] } as const;
      const isKept = isLasting(annotations, audience) && keepsTalk(chat, actor, listener);
      if (isKept && cannotKeep === true) return refuse({ kind: 'not-kept' });
      const { persona } = listener;
      return ok([
        { kind: 'annotated', audience, by, to: persona, annotations, about, isKept, atLeast: undefined, id, at },
      ]);
    }
    const room = chat.rooms.get(to.room);
    if (room === undefined) return refuse({ kind: 'no-such-room', room: to.room });
    const problem = speechProblem(room, actor);
    if (problem !== undefined) return refuse({ kind: 'no-speech', room: room.title, problem });
    const audience = listeners(room, actor, atLeast);
    const isKept = isLasting(annotations, audience) && keepsSpeech(chat, room, actor);
    if (isKept && cannotKeep === true) return refuse({ kind: 'not-kept' });
    const target = { room: room.name, title: room.title };
    return ok([{ kind: 'annotated', audience, by, to: target, annotations, about, isKept, atLeast, id, at }]);
  },
});
