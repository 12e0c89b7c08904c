/** Keys that are remembered at most; what is tried under more is counted for all of those together. */
const MAX_KEYS = 10_000;
const THE_REST = '';

interface Count {
  tries: number;
  startedAt: number;
  /** Tries of which it is not known yet whether they count. */
  open: number;
  /** Called when one of those is known. */
  readonly waiting: Set<() => void>;
}

/** Counts tries by key, so many in a window of time that begins with the first. The clock comes from outside. */
export class AttemptLimit {
  readonly #max: number;
  readonly #windowMs: number;
  readonly #counts = new Map<string, Count>();
  #sweptAt = 0;

  constructor(max: number, windowMs: number) {
    this.#max = max;
    this.#windowMs = windowMs;
  }

  /** Milliseconds until something may be tried; 0 when it may be now. */
  until(key: string, nowMs: number): number {
    const count = this.#find(key);
    if (count === undefined || count.tries < this.#max) return 0;
    return Math.max(0, count.startedAt + this.#windowMs - nowMs);
  }

  /** Whether tries that are not known yet could use up what may be tried. */
  isFull(key: string, nowMs: number): boolean {
    const count = this.#find(key);
    if (count === undefined) return false;
    const tries = nowMs - count.startedAt >= this.#windowMs ? 0 : count.tries;
    return tries + count.open >= this.#max;
  }

  /** Waits until one of those is known. */
  change(key: string): Promise<void> {
    const count = this.#find(key);
    if (count === undefined || count.open === 0) return Promise.resolve();
    return new Promise((resolve) => count.waiting.add(resolve));
  }

  /** Counts a try. */
  add(key: string, nowMs: number): void {
    this.#sweep(nowMs);
    this.#count(this.#of(key), nowMs);
  }

  /** Something is tried, and it is known later whether it counts: tell the function that this gives. */
  begin(key: string): (doesCount: boolean, nowMs: number) => void {
    const count = this.#of(key);
    count.open++;
    return (doesCount, nowMs) => {
      count.open--;
      if (doesCount) this.#count(count, nowMs);
      const waiting = [...count.waiting];
      count.waiting.clear();
      for (const wake of waiting) wake();
    };
  }

  #count(count: Count, nowMs: number): void {
    if (nowMs - count.startedAt >= this.#windowMs) {
      count.startedAt = nowMs;
      count.tries = 0;
    }
    count.tries++;
  }

  #find(key: string): Count | undefined {
    return this.#counts.get(this.#keyOf(key));
  }

  #of(key: string): Count {
    const known = this.#keyOf(key);
    const found = this.#counts.get(known);
    if (found !== undefined) return found;
    const count: Count = { tries: 0, startedAt: Number.NEGATIVE_INFINITY, open: 0, waiting: new Set() };
    this.#counts.set(known, count);
    return count;
  }

  #keyOf(key: string): string {
    return this.#counts.has(key) || this.#counts.size < MAX_KEYS ? key : THE_REST;
  }

  #sweep(nowMs: number): void {
    if (nowMs - this.#sweptAt < this.#windowMs) return;
    this.#sweptAt = nowMs;
    for (const [key, { startedAt, open }] of this.#counts) {
      if (open === 0 && nowMs - startedAt >= this.#windowMs) this.#counts.delete(key);
    }
  }
}
