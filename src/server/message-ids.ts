import { baseThirtyTwo, IDS_PER_MS, sequenceAt, timeOf } from '../domain/message-id.ts';
import type { Moment } from '../domain/action.ts';

/** The digits that tell the ids of one millisecond from each other. */
const COUNTS = Array.from({ length: IDS_PER_MS }, (_, count) => baseThirtyTwo(count, 2));

/** Gives each action its moment: the time, and an id that no other action has. */
export class MessageIds {
  readonly #suffix: string;
  #lastMs: number;
  #count = 0;
  #prefix = '';

  /**
   * @param suffix five digits of the server's own, the same for as long as its history lasts.
   * @param lastSequence the highest sequence number that was ever given.
   */
  constructor(suffix: string, lastSequence: number) {
    this.#suffix = suffix;
    this.#lastMs = timeOf(lastSequence);
    this.#count = IDS_PER_MS;
  }

  /** The sequence number of the last moment. */
  get last(): number {
    return sequenceAt(this.#lastMs) + this.#count - 1;
  }

  /** @param nowMs milliseconds since 1970. A clock that was set back is waited for: neither time nor ids go back. */
  next(nowMs: number): Moment {
    if (nowMs > this.#lastMs) this.#begin(nowMs);
    else if (this.#count === IDS_PER_MS) this.#begin(this.#lastMs + 1);
    return { at: this.#lastMs, id: `${this.#prefix}${COUNTS[this.#count++]!}${this.#suffix}` };
  }

  #begin(ms: number): void {
    this.#lastMs = ms;
    this.#count = 0;
    this.#prefix = baseThirtyTwo(ms, 9);
  }
}
