import type { Moment } from './action.ts';
import type { Chat } from './chat.ts';
import type { Event } from './event.ts';
import { changedEvents } from './presence.ts';
import { witnesses } from './room.ts';
import { UNSPECIFIED_AWAY, type Session } from './session.ts';

/**
 * Why somebody is away, all devices taken together: not at all while they are at one of them. Else what they said last; a
 * device that gives no reason counts as none that is there. Without a device they are away for the reason they last gave.
 */
function awayOf({ devices, away }: Session): string | undefined {
  if (devices.size === 0) return away ?? UNSPECIFIED_AWAY;
  const all = [...devices.values()];
  if (all.some((device) => device.away === undefined)) return undefined;
  const said = all.filter((device) => device.away !== UNSPECIFIED_AWAY).toSorted((a, b) => a.awayAt - b.awayAt);
  return said.at(-1)?.away ?? UNSPECIFIED_AWAY;
}

/** Finds out whether somebody is away now, when their devices or what these say have changed; the events if it is news. */
export function reckonAway(chat: Chat, session: Session, { at, id }: Moment): Event[] {
  const away = awayOf(session);
  if (away === session.away) return [];
  session.away = away;
  if (!session.isPresent) return [];
  const audience = witnesses(session.rooms.values(), session.id);
  const event = { kind: 'away-set', audience, by: session.persona, away, isNews: true, at, id } as const;
  return [event, ...changedEvents(chat, session, event)];
}
