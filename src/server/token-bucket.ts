/**
 * An allowance that fills up with time: `burst` at most, `perSecond` more each second. Anything may be taken while some
 * is left, and a costly request may leave a debt, so that no cost is ever out of reach.
 */
export class TokenBucket {
  readonly #burst: number;
  readonly #perSecond: number;
  #tokens: number;
  #filledAt: number;

  /** @param nowMs a clock that never goes back, in milliseconds; the same one for `take`. */
  constructor(burst: number, perSecond: number, nowMs: number) {
    this.#burst = burst;
    this.#perSecond = perSecond;
    this.#tokens = burst;
    this.#filledAt = nowMs;
  }

  /** Takes `cost` for something that cannot be refused any more. */
  charge(cost: number, nowMs: number): void {
    this.#fill(nowMs);
    this.#tokens -= cost;
  }

  /** Takes `cost` and gives 0, or takes nothing and gives the milliseconds until it would. What is free is always taken. */
  take(cost: number, nowMs: number): number {
    if (cost === 0) return 0;
    this.#fill(nowMs);
    const needed = Math.min(cost, 1);
    if (this.#tokens < needed) return Math.max(1, Math.round(((needed - this.#tokens) / this.#perSecond) * 1000));
    this.#tokens -= cost;
    return 0;
  }

  /** Whether more was taken than there was. */
  isInDebt(nowMs: number): boolean {
    this.#fill(nowMs);
    return this.#tokens < 0;
  }

  #fill(nowMs: number): void {
    this.#tokens = Math.min(this.#burst, this.#tokens + ((nowMs - this.#filledAt) / 1000) * this.#perSecond);
    this.#filledAt = nowMs;
  }
}
