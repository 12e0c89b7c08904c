import type { DialectSession, Missed } from '../../dialects/dialect.ts';
import type { RoomName } from '../../domain/room-name.ts';
import type { SessionId } from '../../domain/session.ts';
import type { Connection } from '../../transports/connection.ts';
import { Backlog } from './backlog.ts';
import { PieceLog, type Piece } from './piece-log.ts';
import { Place } from './place.ts';

/** Pieces of one log that follow each other. */
interface Run {
  readonly log: PieceLog;
  readonly from: number;
  readonly to: number;
}

const NOTHING: Missed = { messages: 0, span: undefined };

/** The sending side of one connection: what it is sent this turn, and what to do when it does not read. */
export class Recipient {
  /** Whose device it is; changes when it is moved to another session. */
  session: SessionId;
  readonly dialect: DialectSession;
  readonly #connection: Connection;
  readonly #maxQueuedBytes: number;
  /** Where it stands in the logs of the rooms it is told of. */
  readonly rooms = new Map<RoomName, Place>();
  /** What it alone is sent; undefined when there is nothing. */
  #own: Place | undefined;
  /** The logs that hold something for it, while it is being written to. */
  readonly news: Place[] = [];
  /** Bytes that it was sent so far. */
  sentBytes = 0;
  /** Whether it will be written to at the end of this turn. */
  isDue = false;
  /** What waits for the connection to take a long answer; undefined when there is none. */
  #backlog: Backlog | undefined;
  #missed: Missed = NOTHING;
  #isSkipping = false;

  constructor(session: SessionId, dialect: DialectSession, connection: Connection, maxQueuedBytes: number) {
    this.session = session;
    this.dialect = dialect;
    this.#connection = connection;
    this.#maxQueuedBytes = maxQueuedBytes;
  }

  /** Whether there is something that it alone is sent. */
  get hasOwn(): boolean {
    return this.#own !== undefined;
  }

  /** Whether there is something for it alone that may not wait. */
  get hasUrgentOwn(): boolean {
    return this.#own?.log.isPatient === false;
  }

  /** Queues a piece for it alone. True if it is the first. */
  push(piece: Piece, sequence: number): boolean {
    const isFirst = this.#own === undefined;
    this.#own ??= new Place(new PieceLog());
    this.#own.log.push(piece, sequence);
    return isFirst;
  }

  /** No longer follows a log: what it has not got of it, it gets alone. True if that is the first such thing. */
  leave(place: Place): boolean {
    const runs = runsOf(place);
    if (runs.length === 0) return false;
    const own = this.#own;
    const merged = new Place(new PieceLog());
    this.#own = merged;
    for (const { log, from, to } of inOrder(own === undefined ? [place] : [place, own])) {
      for (let at = from; at < to; at++) merged.log.push(log.pieceAt(at), log.sequenceAt(at));
    }
    return own === undefined;
  }

  /** What may wait goes along with what may not where it came before it, so that everything stays in order. */
  addEarlierNews(): void {
    const urgent = this.#own === undefined ? this.news : [this.#own, ...this.news];
    const last = Math.max(...urgent.map(({ log }) => (log.end > log.start ? log.sequenceAt(log.end - 1) : -1)));
    for (const place of this.rooms.values()) {
      const isEarlier = place.hasNews && place.log.sequenceAt(place.from) < last;
      if (isEarlier && !this.news.includes(place)) this.news.push(place);
    }
  }

  /** Writes what it has not got of one log, when there is nothing else. */
  flushOne(place: Place): void {
    const { log, from } = place;
    const to = place.runEnd(from);
    if (to === log.end) this.#writeRun(log, from, to);
    else this.#writeRuns(runsOf(place));
    place.catchUp();
  }

  /** Writes all of a log that it follows, if there is room for it: the way of nearly all that is ever said. */
  writeAtOnce(bytes: Buffer): boolean {
    if (!this.#hasRoomFor(bytes.length)) return false;
    this.#write(bytes);
    return true;
  }

  /** Writes what it has not got of its news and of what it alone is sent, in order. */
  flush(): void {
    const { news } = this;
    if (this.#own !== undefined) news.push(this.#own);
    this.#own = undefined;
    this.isDue = false;
    const [first] = news;
    if (first !== undefined && news.length === 1) this.flushOne(first);
    else {
      this.#writeRuns(inOrder(news));
      for (const place of news) place.catchUp();
    }
    news.length = 0;
  }

  /** Tells of what was skipped, once the connection has taken everything. */
  wake(): void {
    if (!this.#isSkipping || this.#backlog !== undefined || this.#connection.queuedBytes > 0) return;
    const missed = this.#missed;
    this.#isSkipping = false;
    this.#missed = NOTHING;
    this.#connection.write(this.dialect.missed(missed));
  }

  /** Goes on with a long answer, once the connection has taken what was written. True when nothing waits any more. */
  goOn(): boolean {
    if (this.#connection.queuedBytes > 0) return false;
    const next = this.#backlog?.next();
    if (next !== undefined) {
      this.#connection.write(next);
      return false;
    }
    this.#backlog = undefined;
    this.wake();
    return true;
  }

  /** Leaves long answers as they are, and writes what waits behind them. */
  cutShort(): void {
    const remains = this.#backlog?.remains();
    this.#backlog = undefined;
    if (remains !== undefined && remains.length > 0) this.#connection.write(remains);
  }

  get #queuedBytes(): number {
    return this.#backlog?.bytes ?? this.#connection.queuedBytes;
  }

  #write(bytes: Buffer): void {
    this.sentBytes += bytes.length;
    if (this.#backlog === undefined) this.#connection.write(bytes);
    else this.#backlog.push(bytes);
  }

  /** Whether so much more may be queued. */
  #hasRoomFor(bytes: number): boolean {
    if (this.#isSkipping || bytes > this.#maxQueuedBytes) return false;
    const queued = this.#queuedBytes;
    return queued === 0 || queued + bytes <= this.#maxQueuedBytes;
  }

  #writeRun(log: PieceLog, from: number, to: number): void {
    if (from === to) return;
    if (this.#hasRoomFor(log.bytesBetween(from, to)) && !log.hasLongAnswers) this.#write(log.slice(from, to));
    else this.#writePieces([{ log, from, to }]);
  }

  #writeRuns(runs: readonly Run[]): void {
    const [only] = runs;
    if (only === undefined) return;
    if (runs.length === 1) return this.#writeRun(only.log, only.from, only.to);
    let bytes = 0;
    for (const { log, from, to } of runs) bytes += log.bytesBetween(from, to);
    const isInTheWay = this.#backlog !== undefined || runs.some(({ log }) => log.hasLongAnswers);
    if (isInTheWay || !this.#hasRoomFor(bytes)) return this.#writePieces(runs);
    this.sentBytes += bytes;
    return this.#connection.writeFilled(bytes, (memory) => {
      let end = 0;
      for (const { log, from, to } of runs) end += log.copy(from, to, memory, end);
    });
  }

  /** Writes piece by piece: answers in any case, and of all else as many whole pieces as may be queued, at least one. */
  #writePieces(runs: readonly Run[]): void {
    let taken: Buffer[] = [];
    let queued = this.#queuedBytes;
    const write = (): void => {
      if (taken.length > 0) this.#write(Buffer.concat(taken));
      taken = [];
    };
    for (const { log, from, to } of runs) {
      if (this.#isSkipping && !log.hasAnswers) {
        this.#skip(log, from, to);
        continue;
      }
      for (let at = from; at < to; at++) {
        const { bytes, isAnswer, rest } = log.pieceAt(at);
        const isTooMuch = this.#isSkipping || (queued > 0 && queued + bytes.length > this.#maxQueuedBytes);
        if (isTooMuch && isAnswer !== true) {
          this.#skip(log, at, at + 1);
          continue;
        }
        taken.push(bytes);
        queued += bytes.length;
        if (rest === undefined) continue;
        write();
        this.#backlog ??= new Backlog();
        this.#backlog.push(rest);
        queued = this.#backlog.bytes;
      }
    }
    write();
    this.wake();
  }

  #skip(log: PieceLog, from: number, to: number): void {
    this.#isSkipping = true;
    const { messages, span } = this.#missed;
    const more = keptSpan(log, from, to);
    this.#missed = {
      messages: messages + log.messagesBetween(from, to),
      span: span === undefined || more === undefined ? (more ?? span) : { first: span.first, last: more.last },
    };
  }
}

/** The first and the last of some pieces that can be read later. */
function keptSpan(log: PieceLog, from: number, to: number): Missed['span'] {
  for (let at = from; at < to; at++) {
    const first = log.pieceAt(at).keptId;
    if (first === undefined) continue;
    let last: string | undefined;
    for (let end = to - 1; last === undefined; end--) last = log.pieceAt(end).keptId;
    return { first, last };
  }
  return undefined;
}

/** What one recipient has not got of a log, without what is not meant for them. */
function runsOf(place: Place): Run[] {
  const runs: Run[] = [];
  const { log } = place;
  for (let { from } = place; from < log.end; from++) {
    const to = place.runEnd(from);
    if (to > from) runs.push({ log, from, to });
    from = to;
  }
  return runs;
}

/** What one recipient has not got of several logs, in the order in which it came about. */
function inOrder(places: readonly Place[]): Run[] {
  const runs: Run[] = [];
  const waiting = places.map(runsOf).filter((list) => list.length > 0);
  const firstOf = (list: readonly Run[]): number => list[0]!.log.sequenceAt(list[0]!.from);
  while (waiting.length > 1) {
    waiting.sort((one, other) => firstOf(one) - firstOf(other));
    const [soonest, next] = [waiting[0]!, firstOf(waiting[1]!)];
    const { log, from, to } = soonest.shift()!;
    let end = from + 1;
    while (end < to && log.sequenceAt(end) < next) end++;
    runs.push({ log, from, to: end });
    if (end < to) soonest.unshift({ log, from: end, to });
    if (soonest.length === 0) waiting.shift();
  }
  return [...runs, ...(waiting[0] ?? [])];
}
