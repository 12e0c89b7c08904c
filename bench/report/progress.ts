const CLEAR_LINE = '\r\u001B[K';

interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Says on standard error what is going on: on a terminal in one line that changes, elsewhere one line for each step. */
export class Progress {
  readonly #screen: Screen;
  #heading = '';

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  start(heading: string): void {
    this.#heading = heading;
    this.#screen.write(this.#screen.isTTY === true ? CLEAR_LINE + heading : `${heading}\n`);
  }

  update(text: string): void {
    if (this.#screen.isTTY === true) this.#screen.write(`${CLEAR_LINE}${this.#heading}: ${text}`);
  }

  end(): void {
    if (this.#screen.isTTY === true) this.#screen.write(CLEAR_LINE);
  }
}
