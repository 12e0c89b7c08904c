import type { Said, Told } from '../../../domain/event.ts';
import type { HistorySpan } from '../../../domain/history.ts';
import { sequenceOf } from '../../../domain/message-id.ts';
import { readableRoom } from '../../../domain/readable.ts';
import type { Session } from '../../../domain/session.ts';
import { isForPeople } from '../../for-people.ts';
import { definePlainCommand } from '../command.ts';
import type { MissedSpan } from '../missed-spans.ts';
import { pastLine } from '../past-line.ts';
import { lineBytes } from '../rendering.ts';
import type { PlainSession } from '../session.ts';

const PER_PAGE = 100;
/** Pages that are looked at for one with something for people in it. */
const MAX_PAGES = 20;
/** People whose talks are looked through at once. */
const MAX_TALKS = 100;

/** /catchup: what was said while one was not there, or read too slowly; again for more of it. */
export const catchup = definePlainCommand({
  name: 'catchup',
  words: 0,
  min: 0,
  cost: 2,
  help: {
    usage: '/catchup',
    summary: 'shows what you missed (times in UTC)',
    details: ['what others said while you were away, or what you read too slowly; again for more of it'],
  },
  run(plain) {
    const { me, missedSpans } = plain;
    if (me === undefined) return;
    for (let pages = 0; pages < MAX_PAGES; pages++) {
      const span = missedSpans.first;
      if (span === undefined) return plain.notice('you missed nothing');
      const { said, upTo } = readMissed(plain, me, span);
      missedSpans.lookedAt(upTo);
      if (said.length === 0) continue;
      plain.host.send(lineBytes(said.map((event) => pastLine(event, { namesPlace: true })).join('\n')));
      return plain.notice(missedSpans.first === undefined ? 'that is all' : '/catchup shows more');
    }
    return plain.notice('/catchup shows more');
  },
});

interface MissedPage {
  readonly said: readonly (Said | Told)[];
  /** The sequence number up to which this is all. */
  readonly upTo: number;
}

/** What others said at the beginning of a span, where somebody is, the oldest first. */
function readMissed({ host }: PlainSession, me: Session, span: MissedSpan): MissedPage {
  const { history } = host;
  const { identity } = me.persona;
  const places: HistorySpan[] = [...me.rooms.values()].flatMap((room) => readableRoom(room, me, 'messages') ?? []);
  for (const { conversation } of history.correspondences(identity, span, 'first', MAX_TALKS)) {
    places.push({ conversation, includes: 'messages' });
  }
  const all = places.flatMap((place) => history.read({ ...place, ...span }, 'first', PER_PAGE));
  const page = all.sort((one, other) => (one.id < other.id ? -1 : 1)).slice(0, PER_PAGE);
  const last = page.length < PER_PAGE ? undefined : page.at(-1);
  return {
    said: page.filter(isForPeople).filter(({ by }) => by.identity !== identity),
    upTo: (last === undefined ? undefined : sequenceOf(last.id)) ?? span.before - 1,
  };
}
