/** Does work a few pieces at a time. So many may wait; more are refused. */
export class WorkQueue {
  readonly #maxAtOnce: number;
  readonly #maxWaiting: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(maxAtOnce: number, maxWaiting: number) {
    this.#maxAtOnce = maxAtOnce;
    this.#maxWaiting = maxWaiting;
  }

  /** Does the work when its turn has come; undefined, at once, when too much waits already. */
  run<Value>(work: () => Promise<Value>): Promise<Value> | undefined {
    if (this.#running >= this.#maxAtOnce && this.#waiting.length >= this.#maxWaiting) return undefined;
    return this.#turn(work);
  }

  async #turn<Value>(work: () => Promise<Value>): Promise<Value> {
    if (this.#running >= this.#maxAtOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running++;
    try {
      return await work();
    } finally {
      // Whoever waits takes over this one's place.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }
}
