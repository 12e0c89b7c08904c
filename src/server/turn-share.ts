import type { Turn } from './turn.ts';

/** Bytes that a session is answered before it has to take them; until then nothing more is read from it. */
const MAX_ANSWERED_BYTES = 64 * 1024;

/** How much of a turn is one session's: so many lines, and so much of answers that it has not taken yet. */
export class TurnShare {
  readonly #turn: Turn;
  readonly #maxLines: number;
  #turnNumber = -1;
  #lines = 0;
  /** Bytes of answers that it may not have taken yet. */
  #answeredBytes = 0;

  constructor(turn: Turn, maxLines: number) {
    this.#turn = turn;
    this.#maxLines = maxLines;
  }

  /** Whether it may be read from in this turn. */
  mayRead(): boolean {
    if (this.#turn.number !== this.#turnNumber) {
      this.#turnNumber = this.#turn.number;
      this.#lines = 0;
    }
    return this.#lines < this.#maxLines && !this.hasMuchToTake;
  }

  /** Whether it has to take what it was answered before anything more is read from it. */
  get hasMuchToTake(): boolean {
    return this.#answeredBytes >= MAX_ANSWERED_BYTES;
  }

  readLine(): void {
    this.#lines++;
  }

  answered(bytes: number): void {
    this.#answeredBytes += bytes;
  }

  /** It is sent an answer that it takes in its own time. */
  answeredAtLength(): void {
    this.#answeredBytes = MAX_ANSWERED_BYTES;
  }

  /** It has taken all that it was answered. */
  tookAnswers(): void {
    this.#answeredBytes = 0;
  }
}
