import type { HistorySpan } from '../../../domain/history.ts';
import { sequenceAt, timeOf } from '../../../domain/message-id.ts';
import { readableRoom, readableTalk } from '../../../domain/readable.ts';
import type { Session } from '../../../domain/session.ts';
import { middle } from '../refusal-numerics.ts';
import type { IrcSession } from '../session.ts';
import { defineService, type ServiceCommand, type ServiceTalk } from './service.ts';

/** People whose talks are played at once. */
const MAX_TALKS = 100;

/** What of history is to be played: sequence numbers, both left out. */
interface Span {
  readonly after: number;
  readonly before: number;
}

/** A channel or a talk, and what of it may be read. */
interface Playable {
  readonly name: string;
  readonly span: HistorySpan;
}

const play: ServiceCommand = {
  name: 'PLAY',
  params: { min: 1, max: 3 },
  help: {
    usage: 'PLAY <channel|nick>{,<channel|nick>}|* [<from> [<to>]]',
    summary: 'Sends what was said there, from one time up to another: seconds since 1970.',
  },
  run(talk, [names = '', from, to]) {
    const { irc } = talk;
    const span = parseSpan(from, to);
    if (span === undefined) return talk.reply(`Use it like this: ${play.help.usage}`);
    const limit = irc.options.limits.historyPage;
    const what = playable(irc, names, span);
    const work = irc.host.history.prepare(
      what.map((one) => ({ span: { ...one.span, ...span }, end: 'last', limit }) as const),
    );
    if (work === undefined) return playAll(talk, what, span);
    // What they may read is asked again when it is at hand.
    return irc.later(work, () => playAll(talk, playable(irc, names, span), span));
  },
};

const list: ServiceCommand = {
  name: 'LIST',
  params: { min: 0, max: 0 },
  help: {
    usage: 'LIST',
    summary: 'Lists channels and people with something to play, and when the last of it was said.',
  },
  run(talk) {
    const { me, host } = talk.irc;
    if (me === undefined) return;
    for (const { name, span } of allPlayable(talk.irc, me, { after: 0, before: Number.MAX_SAFE_INTEGER })) {
      const [last] = host.history.read(span, 'last', 1);
      if (last !== undefined) talk.reply(`${name} ${(last.at / 1000).toFixed(3)}`);
    }
  },
};

/** From one time on, up to another that is left out. */
function parseSpan(from = '0', to?: string): Span | undefined {
  const [first, end] = [millisecondsOf(from), to === undefined ? undefined : millisecondsOf(to)];
  if (first === undefined || (to !== undefined && end === undefined)) return undefined;
  return { after: sequenceAt(first) - 1, before: end === undefined ? Number.MAX_SAFE_INTEGER : sequenceAt(end) };
}

/** Seconds with a fraction, as milliseconds. */
function millisecondsOf(text: string): number | undefined {
  const ms = /^\d{1,12}(?:\.\d{1,20})?$/.test(text) ? Math.round(Number(text) * 1000) : Number.NaN;
  return ms <= timeOf(Number.MAX_SAFE_INTEGER) ? ms : undefined;
}

function playable(irc: IrcSession, names: string, span: Span): Playable[] {
  const { me } = irc;
  if (me === undefined) return [];
  return names === '*' ? allPlayable(irc, me, span) : namedPlayable(irc, me, names.split(','));
}

function allPlayable(irc: IrcSession, me: Session, span: Span): Playable[] {
  const { history } = irc.host;
  const talks = history.correspondences(me.persona.identity, span, 'last', MAX_TALKS);
  const people = talks.flatMap(({ conversation, other }): Playable[] => {
    const name = history.nameIn(conversation, other);
    return name === undefined ? [] : [{ name, span: { conversation, includes: 'messages' } }];
  });
  return [
    ...namedPlayable(
      irc,
      me,
      [...me.rooms.values()].map(({ title }) => title),
    ),
    ...people,
  ];
}

function namedPlayable(irc: IrcSession, me: Session, names: readonly string[]): Playable[] {
  return names.flatMap((name): Playable[] => {
    const span = name.startsWith('#')
      ? readableRoom(irc.lookUpRoom(name), me, 'messages')
      : readableTalk(irc.host, me, name, 'messages');
    return span === undefined ? [] : [{ name, span }];
  });
}

/** Plays the last of each, all together no more than one may have of history at once. */
function playAll({ irc }: ServiceTalk, what: readonly Playable[], span: Span): void {
  let left = irc.options.limits.historyPage;
  for (const { name, span: readable } of what) {
    if (left === 0) return;
    const events = irc.host.history.read({ ...readable, ...span }, 'last', left);
    left -= events.length;
    if (events.length === 0) continue;
    irc.batch('chathistory', [middle(name)], irc.linesOf(events));
  }
}

/** The module of ZNC that plays back what was said (znc.in/playback), for clients that know bouncers. */
export const playback = defineService('*playback', 'plays back what was said, as on ZNC', [play, list]);
