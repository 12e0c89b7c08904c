import type { Event } from '../../domain/event.ts';
import type { Persona } from '../../domain/session.ts';
import type { EventLine, PersonFacts } from './export-format.ts';

/** Facts that the line of the conversation tells, or that are no facts of history. */
const LEFT_OUT = new Set(['audience', 'room', 'title', 'rooms', 'isKept', 'away', 'refusals']);
/** Facts that are a person. */
const PEOPLE: ReadonlySet<string> = new Set(['by', 'to', 'whom', 'from']);

/** An event as a line of an export. */
export function eventLine(event: Event): EventLine {
  const facts = Object.entries(event).flatMap(([name, value]: [string, unknown]) => {
    if (LEFT_OUT.has(name) || value === undefined) return [];
    // What is not to a person is to the room.
    if (PEOPLE.has(name)) return isPersona(value) ? [[name, personFacts(value)] as const] : [];
    if (value instanceof Map) return value.size === 0 ? [] : [[name, Object.fromEntries(value)] as const];
    return [[name, value] as const];
  });
  // The order is the same whatever the event was made of.
  facts.sort(([one], [other]) => rank(one) - rank(other) || (one < other ? -1 : 1));
  return Object.fromEntries(facts) as EventLine;
}

const ORDER = ['kind', 'id', 'at', 'by', 'to'];

function rank(name: string): number {
  const at = ORDER.indexOf(name);
  return at === -1 ? ORDER.length : at;
}

function isPersona(value: unknown): value is Persona {
  return typeof value === 'object' && value !== null && 'identity' in value;
}

function personFacts(persona: Persona): PersonFacts {
  const { name, identity, account, user, host, realName, label, isNamed, isBot } = persona;
  const all = { name, identity, account, user, host, realName, label, isGuest: !isNamed, isBot };
  const told = Object.entries(all).filter(([, value]) => value !== undefined && value !== '' && value !== false);
  return { name, identity, ...Object.fromEntries(told) };
}
