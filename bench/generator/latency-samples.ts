import { percentile } from '../statistics.ts';

/** Collects times in milliseconds. */
export class LatencySamples {
  #values = new Float64Array(4096);
  #count = 0;

  add(ms: number): void {
    if (this.#count === this.#values.length) {
      const wider = new Float64Array(this.#count * 2);
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[this.#count++] = ms;
  }

  clear(): void {
    this.#count = 0;
  }

  /** The values so far, smallest first. */
  sorted(): Float64Array {
    return this.#values.slice(0, this.#count).sort();
  }

  percentiles(): { p50?: number; p90?: number; p99?: number; max?: number } {
    const sorted = this.sorted();
    if (sorted.length === 0) return {};
    const at = (percent: number): number => percentile(sorted, percent) ?? Number.NaN;
    return { p50: at(50), p90: at(90), p99: at(99), max: at(100) };
  }
}
