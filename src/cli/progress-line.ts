import type { Progress } from '../server/administration/operation.ts';
import type { Io } from './io.ts';

/** The least time between two changes of what is shown, in milliseconds. */
const PAUSE_MS = 100;

/** One line at the bottom of a terminal that says how far something is. Nothing where the output is no terminal. */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream;
  readonly #isWanted: boolean;
  #shownAt = -Infinity;
  #isShown = false;

  constructor({ stderr, env }: Pick<Io, 'stderr' | 'env'>) {
    this.#stream = stderr;
    this.#isWanted = stderr.isTTY && env['TERM'] !== 'dumb';
  }

  show({ unit, done, total }: Progress): void {
    const now = performance.now();
    if (!this.#isWanted || now - this.#shownAt < PAUSE_MS) return;
    this.#shownAt = now;
    this.#isShown = true;
    const share = total === undefined || total === 0 ? '' : ` of ${total} (${Math.floor((100 * done) / total)} %)`;
    this.#stream.write(`\r\u001b[K${done}${share} ${unit}`);
  }

  clear(): void {
    if (this.#isShown) this.#stream.write('\r\u001b[K');
    this.#isShown = false;
  }
}
