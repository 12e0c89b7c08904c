import type { HistorySpan } from '../../../domain/history.ts';
import { sequenceOf } from '../../../domain/message-id.ts';
import { readableRoom, readableTalk } from '../../../domain/readable.ts';
import type { Room } from '../../../domain/room.ts';
import type { Session } from '../../../domain/session.ts';
import { outsideRefusal } from '../../../domain/speech.ts';
import { printable } from '../../../protocol/plain/printable.ts';
import { isForPeople } from '../../for-people.ts';
import { definePlainCommand } from '../command.ts';
import { pastLine } from '../past-line.ts';
import { lineBytes } from '../rendering.ts';
import type { PlainSession } from '../session.ts';

const USUAL_COUNT = 20;
const MAX_COUNT = 200;

/** What is being looked at, and how much of it at once. */
interface View {
  readonly place: string;
  readonly span: HistorySpan;
  readonly count: number;
}

/** Where somebody's last look can go on. */
const goingOn = new WeakMap<PlainSession, View>();

/** /history [ROOM|NAME] [COUNT], then /history more */
export const history = definePlainCommand({
  name: 'history',
  words: 2,
  min: 0,
  cost: 2,
  help: {
    usage: '/history [ROOM|NAME] [COUNT]',
    summary: 'shows what was said last (times in UTC)',
    details: ['/history more goes further back'],
  },
  run(plain, args) {
    const { me } = plain;
    if (me === undefined) return;
    if (args.length === 1 && args[0]?.toLowerCase() === 'more') {
      const last = goingOn.get(plain);
      return last === undefined ? plain.notice('there is nothing more') : show(plain, last);
    }
    const isCountAlone = args.length === 1 && isNumber(args[0] ?? '');
    const [place, countText = `${USUAL_COUNT}`] = isCountAlone ? [undefined, args[0]] : args;
    if (args.length > 2 || !isNumber(countText)) return plain.notice(`use it like this: ${history.help.usage}`);
    const view = place === undefined ? viewOfHere(plain, me) : viewOf(plain, me, place);
    if (view !== undefined) show(plain, { ...view, count: Math.min(MAX_COUNT, Number(countText)) });
  },
});

function isNumber(text: string): boolean {
  return /^[1-9]\d{0,5}$/.test(text);
}

type Place = Omit<View, 'count'>;

function viewOfHere(plain: PlainSession, me: Session): Place | undefined {
  const { room } = plain;
  if (room !== undefined) return viewOfRoom(room, me);
  plain.notice('you are in no room; /join one first');
  return undefined;
}

function viewOfRoom(room: Room | undefined, me: Session): Place | undefined {
  const span = readableRoom(room, me, 'messages');
  return room === undefined || span === undefined ? undefined : { place: room.title, span };
}

/** A room, or else a person; tells them and gives undefined when it is neither. */
function viewOf(plain: PlainSession, me: Session, name: string): Place | undefined {
  const { chat } = plain.host;
  if (name.startsWith('#')) {
    const parsed = plain.parseRoom(name);
    if (parsed === undefined) return undefined;
    const room = chat.rooms.get(parsed.key);
    const view = viewOfRoom(room, me);
    if (view === undefined) plain.refused(outsideRefusal(room, me, parsed.title));
    return view;
  }
  const span = readableTalk(plain.host, me, name, 'messages');
  if (span !== undefined) return { place: chat.find(name)?.persona.name ?? name, span };
  plain.refused({ kind: 'no-such-person', name });
  return undefined;
}

/** Shows what comes before where the last look ended, when it is at hand. */
function show(plain: PlainSession, view: View): void {
  goingOn.delete(plain);
  const work = plain.host.history.prepare([{ span: view.span, end: 'last', limit: view.count + 1 }]);
  if (work === undefined) showNow(plain, view);
  else plain.host.wait(work, () => showNow(plain, view));
}

/** If the view is still open to whoever looks. */
function showNow(plain: PlainSession, view: View): void {
  const { me } = plain;
  if (me === undefined) return;
  const { span, count } = view;
  const isRoom = view.place.startsWith('#');
  const current = isRoom ? viewOf(plain, me, view.place)?.span : span;
  if (current === undefined) return;
  const events = plain.host.history.read({ ...current, before: span.before }, 'last', count + 1);
  const shown = events.slice(-count).filter(isForPeople);
  const oldest = events.at(-count);
  const hasMore = events.length > count && oldest !== undefined;
  const place = printable(view.place);
  if (shown.length === 0 && !hasMore) {
    return plain.notice(span.before === undefined ? `nothing is kept of ${place}` : 'that is all');
  }
  const lines = shown.map((event) => pastLine(event, { namesPlace: false }));
  if (lines.length > 0) plain.host.send(lineBytes(lines.join('\n')));
  if (!hasMore) return plain.notice(`that is all of ${place}`);
  goingOn.set(plain, { ...view, span: { ...span, before: sequenceOf(oldest.id) } });
  return plain.notice(`that is ${place}, times in UTC; /history more shows what was said before`);
}
