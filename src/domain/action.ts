import type { Chat } from './chat.ts';
import { CONSOLE, consoleSession } from './console.ts';
import type { Event } from './event.ts';
import type { Refusal } from './refusal.ts';
import { refuse, type Result } from './result.ts';
import type { Session, SessionId } from './session.ts';

/** When an action is run, and the id of what it makes. It comes in with the action: the domain has no clock of its own. */
export interface Moment {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly id: string;
  /** Set while nothing can be written to history: what must be kept is refused. */
  readonly cannotKeep?: boolean;
}

export type Outcome = Result<readonly Event[], Refusal>;

/**
 * A thing that a session can do. Synchronous and deterministic: the same action on the same state gives the same state
 * and the same events. It changes nothing when it refuses.
 */
export interface Action<Input> {
  readonly name: string;
  run(chat: Chat, actor: SessionId, input: Input, moment: Moment): Outcome;
}

/** Declares an action of somebody who is connected, or of whoever runs the server. */
export function defineAction<Input>(definition: {
  readonly name: string;
  readonly run: (chat: Chat, actor: Session, input: Input, moment: Moment) => Outcome;
}): Action<Input> {
  return {
    name: definition.name,
    run(chat, actor, input, moment) {
      const session = chat.sessions.get(actor) ?? (actor === CONSOLE ? consoleSession(moment.at) : undefined);
      return session === undefined ? refuse({ kind: 'not-connected' }) : definition.run(chat, session, input, moment);
    },
  };
}
