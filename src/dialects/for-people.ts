import type { Event, Said, Told } from '../domain/event.ts';

/** Whether something of the past is for people to read: said by somebody, and not by a program to a program. */
export function isForPeople(event: Event): event is Said | Told {
  return (
    (event.kind === 'said' || event.kind === 'told') && event.manner !== 'query' && event.manner !== 'query-answer'
  );
}
