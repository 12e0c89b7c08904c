import { createInterface, cursorTo, clearScreenDown, moveCursor, type Interface } from 'node:readline';

/** A terminal with a line at the bottom that is being typed, and everything else scrolling by above it. */
export class Screen {
  readonly #output: NodeJS.WriteStream;
  readonly #readline: Interface;
  readonly #hasColours: boolean;

  constructor(input: NodeJS.ReadStream, output: NodeJS.WriteStream, hasColours: boolean) {
    this.#output = output;
    this.#hasColours = hasColours;
    this.#readline = createInterface({ input, output, terminal: true, prompt: '> ', historySize: 500 });
    // Terminals wrap long lines anew when their width changes; readline would go by the rows of the old width.
    output.prependListener('resize', () => this.#believeRows(this.#readline.getCursorPos().rows));
  }

  /** @param onClosed Ctrl-D on an empty line, or the end of the input; `onInterrupt` is Ctrl-C. */
  start(handlers: { onLine(text: string): void; onClosed(): void; onInterrupt(): void }): void {
    this.#readline.on('line', (text) => {
      handlers.onLine(text);
      this.#readline.prompt();
    });
    this.#readline.on('close', () => handlers.onClosed());
    this.#readline.on('SIGINT', () => handlers.onInterrupt());
    this.#readline.prompt();
  }

  /** Shows a line above the one being typed, which stays as it is, cursor and all. */
  print(text: string): void {
    const { rows } = this.#readline.getCursorPos();
    if (rows > 0) moveCursor(this.#output, 0, -rows);
    cursorTo(this.#output, 0);
    clearScreenDown(this.#output);
    this.#output.write(`${this.#coloured(text)}\n`);
    this.#believeRows(0);
    this.#readline.prompt(true);
  }

  /** Puts a line back for typing on, as when it could not be sent. */
  putBack(text: string): void {
    this.#readline.write(text);
  }

  /** Leaves the terminal as it was found. */
  close(): void {
    this.#readline.close();
    cursorTo(this.#output, 0);
    clearScreenDown(this.#output);
  }

  /** readline clears so many rows above the cursor before it draws the line. */
  #believeRows(rows: number): void {
    Reflect.set(this.#readline, 'prevRows', rows);
  }

  #coloured(text: string): string {
    if (!this.#hasColours) return text;
    if (text.startsWith('* ')) return `\u001b[2m${text}\u001b[22m`;
    return text.replace(/^((?:\[[^\]]*\] )?)(<[^>]*>) :/, (_, room: string, who: string) => {
      return `\u001b[2m${room}\u001b[22m\u001b[1m${who}\u001b[22m `;
    });
  }
}
