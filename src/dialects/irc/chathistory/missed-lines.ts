import type { Event, Said, Told } from '../../../domain/event.ts';
import type { HistorySpan } from '../../../domain/history.ts';
import { readableRoom } from '../../../domain/readable.ts';
import type { Room } from '../../../domain/room.ts';
import { isForPeople } from '../../for-people.ts';
import { body, type OutgoingLine } from '../line.ts';
import type { IrcSession } from '../session.ts';
import { lateLines } from './late-lines.ts';

/** Private conversations that a client is told of at once; of more, those with the latest messages. */
const MAX_TALKS = 100;

/** Sends what was said in a channel since a client was last told of it. @param since a sequence number. */
export function sendMissedInRoom(irc: IrcSession, room: Room, since: number): void {
  const { me } = irc;
  const span = me === undefined ? undefined : readableRoom(room, me, 'messages');
  if (span !== undefined) sendMissed(irc, room.title, { ...span, after: since }, (event) => event);
}

/** Sends what one has been told in private, and has said there oneself with another client, since then. */
export function sendMissedTalks(irc: IrcSession, since: number): void {
  const { me } = irc;
  if (me === undefined) return;
  const { persona } = me;
  const { history } = irc.host;
  const span = { after: since, before: Number.MAX_SAFE_INTEGER };
  for (const { conversation, other } of history.correspondences(persona.identity, span, 'last', MAX_TALKS)) {
    const name = history.nameIn(conversation, other) ?? '*';
    // Clients know themselves by the nick that they have now.
    sendMissed(irc, name, { conversation, after: since, includes: 'messages' }, (event) =>
      event.kind === 'told' && event.by.identity === persona.identity
        ? { ...event, by: persona }
        : { ...event, to: persona },
    );
  }
}

/** The last messages of a span, up to now: those that are to come the client is told anyway. */
function sendMissed(
  irc: IrcSession,
  target: string,
  span: HistorySpan,
  asToldNow: (event: Said | Told) => Said | Told,
): void {
  const { history, lastSequence } = irc.host;
  const missed = { ...span, before: lastSequence + 1 };
  if (history.read(missed, 'last', 1).length > 0) {
    irc.batch('chathistory', [target], missedLines(irc, target, missed, asToldNow));
  }
}

/** Made as the client takes them: it may have missed much, in many places. */
function* missedLines(
  irc: IrcSession,
  target: string,
  span: HistorySpan,
  asToldNow: (event: Said | Told) => Said | Told,
): Generator<OutgoingLine> {
  const { missedLines: max } = irc.options.limits;
  const events: readonly Event[] = irc.host.history.read(span, 'last', max);
  if (events.length === max) {
    const text = `You missed much; these are the last ${max} messages`;
    yield { tags: [], body: body(irc.options.serverName, 'NOTICE', target.startsWith('#') ? target : irc.name, text) };
  }
  for (const event of events) if (isForPeople(event)) yield* lateLines(asToldNow(event), irc.rendering);
}
