import type { Moment } from './action.ts';
import type { Chat } from './chat.ts';
import type { Event } from './event.ts';
import type { Persona } from './session.ts';

/** The event for those who watch a nick, if there are any, that it has come or gone. */
export function watchedEvents(chat: Chat, persona: Persona, isHere: boolean, { at, id }: Moment): Event[] {
  const watchers = chat.watchers.get(persona.key);
  if (watchers === undefined) return [];
  const audience = { kind: 'sessions', sessions: [...watchers] } as const;
  return [{ kind: 'watched', audience, by: persona, name: persona.name, isHere, id, at }];
}
