/** Whoever is told that it has been silent. */
interface Waiting {
  onSilence(): void;
}

/** Tells when there has been silence for a while. */
export class SilenceTimer {
  readonly #waiting: Waiting;
  #timer: NodeJS.Timeout | undefined;
  #ms = 0;

  constructor(waiting: Waiting) {
    this.#waiting = waiting;
  }

  /** Waits anew, for so many milliseconds; not at all for undefined. */
  restart(ms: number | undefined): void {
    if (ms === undefined) this.stop();
    else if (this.#timer !== undefined && ms === this.#ms) this.#timer.refresh();
    else {
      clearTimeout(this.#timer);
      this.#ms = ms;
      this.#timer = setTimeout(fallSilent, ms, this.#waiting);
    }
  }

  stop(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

function fallSilent(waiting: Waiting): void {
  waiting.onSilence();
}
