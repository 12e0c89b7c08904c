const FIRST_MS = 1000;
const MAX_MS = 30_000;

/** The wait before each try to connect again: twice the last one, up to half a minute, a little different for everyone. */
export class Backoff {
  readonly #random: () => number;
  #nextMs = FIRST_MS;

  /** @param random gives numbers from 0 up to, not including, 1. */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** The next wait in milliseconds. */
  next(): number {
    const ms = this.#nextMs;
    this.#nextMs = Math.min(MAX_MS, ms * 2);
    return Math.round(ms * (0.8 + 0.4 * this.#random()));
  }

  /** A connection stood: the next wait is a short one again. */
  reset(): void {
    this.#nextMs = FIRST_MS;
  }
}
