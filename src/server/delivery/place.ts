import type { PieceLog } from './piece-log.ts';

const NONE: readonly number[] = [];

/** How far one recipient has come in a log, and what in it is not meant for them. */
export class Place {
  readonly log: PieceLog;
  #from: number;
  #omitted: readonly number[] = NONE;

  /** Starts behind all that the log holds. */
  constructor(log: PieceLog) {
    this.log = log;
    this.#from = log.end;
  }

  /** The position of the first piece that the recipient has not got. */
  get from(): number {
    return Math.max(this.#from, this.log.start);
  }

  get hasNews(): boolean {
    return this.log.end > this.from;
  }

  /** Whether all that the log holds is for this recipient, who has got nothing of it yet. */
  get wantsAll(): boolean {
    return this.#omitted === NONE && this.#from <= this.log.start;
  }

  /** The last piece of the log is not for this recipient: they wrote it, or learn of it in another way. */
  omitLast(): void {
    const last = this.log.end - 1;
    if (last === this.from) this.#from = this.log.end;
    else this.#omitted = [...this.#omittedAhead, last];
  }

  /** Goes to the end of the log. */
  catchUp(): void {
    this.#from = this.log.end;
    this.#omitted = NONE;
  }

  /** The end of the run of pieces for this recipient that starts at `from`; `from` itself when that one is omitted. */
  runEnd(from: number): number {
    if (this.#omitted === NONE) return this.log.end;
    return this.#omitted.find((position) => position >= from) ?? this.log.end;
  }

  get #omittedAhead(): readonly number[] {
    const { from } = this;
    return this.#omitted.filter((position) => position >= from);
  }
}
