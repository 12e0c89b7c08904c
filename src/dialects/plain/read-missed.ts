import type { Event, Said, Told } from '../../domain/event.ts';
import type { HistorySpan } from '../../domain/history.ts';
import { byMoment, sequenceOf } from '../../domain/message-id.ts';
import { readableRoom } from '../../domain/readable.ts';
import type { Session } from '../../domain/session.ts';
import { isForPeople } from '../for-people.ts';
import type { MissedSpan } from './missed-spans.ts';
import type { PlainSession } from './session.ts';

const PER_PAGE = 100;
/** People whose talks are looked through at once. */
const MAX_TALKS = 100;

export interface MissedPage {
  readonly said: readonly (Said | Told)[];
  /** The sequence number up to which this is all. */
  readonly upTo: number;
}

/** What others said at the beginning of a span, where somebody is, the oldest first. */
export function readMissed({ host }: PlainSession, me: Session, span: MissedSpan): MissedPage {
  const { history } = host;
  const { identity } = me.persona;
  const places: HistorySpan[] = [...me.rooms.values()].flatMap((room) => readableRoom(room, me, 'messages') ?? []);
  for (const { conversation } of history.correspondences(identity, span, 'first', MAX_TALKS)) {
    places.push({ conversation, includes: 'messages' });
  }
  let page: Event[] = [];
  let { before } = span;
  for (const place of places) {
    const events = history.read({ ...place, ...span, before }, 'first', PER_PAGE);
    page = [...page, ...events].sort(byMoment).slice(0, PER_PAGE);
    // Of the other places nothing is needed that came after a whole page.
    if (page.length === PER_PAGE) before = (sequenceOf(page.at(-1)!.id) ?? before - 1) + 1;
  }
  const said = page.filter(isForPeople).filter(({ by }) => by.identity !== identity);
  return { said, upTo: before - 1 };
}
