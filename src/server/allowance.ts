import type { Request } from '../dialects/dialect.ts';
import type { TokenBucket } from './token-bucket.ts';

/** How fast a session may ask for things: as its bucket says, and a little more while it arrives. */
export class Allowance {
  /** Undefined when it may send as fast as it likes. */
  #bucket: TokenBucket | undefined;
  #arrivalCommands: number;

  /** @param arrivalCommands commands of arriving that are taken beyond the bucket, once. */
  constructor(bucket: TokenBucket | undefined, arrivalCommands: number) {
    this.#bucket = bucket;
    this.#arrivalCommands = arrivalCommands;
  }

  /** The session turns out to come from elsewhere. */
  replace(bucket: TokenBucket | undefined): void {
    this.#bucket = bucket;
  }

  get isUnlimited(): boolean {
    return this.#bucket === undefined;
  }

  /** Takes what a request costs and gives 0, or takes nothing and gives the milliseconds until it would. */
  take({ cost, isOfArriving }: Request): number {
    const bucket = this.#bucket;
    if (bucket === undefined) return 0;
    const now = performance.now();
    const retryMs = bucket.take(cost, now);
    // Whoever has had long answers has to wait all the same.
    if (retryMs === 0 || isOfArriving !== true || this.#arrivalCommands <= 0 || bucket.isInDebt(now)) return retryMs;
    this.#arrivalCommands--;
    return 0;
  }

  /** Each further piece of a long answer takes as much of the allowance as a message, so that large answers are rare. */
  *charged(pieces: Iterator<Buffer>): Generator<Buffer> {
    for (let step = pieces.next(); step.done !== true; step = pieces.next()) {
      this.#bucket?.charge(1, performance.now());
      yield step.value;
    }
  }
}
