import { createInterface, cursorTo, clearScreenDown, moveCursor, type Interface } from 'node:readline';

/** A command with a password in it. */
const PASSWORD_LINE = /^\s*\/(?:login\s+\S+|register|passwd)\s+\S/i;

/** A terminal with a line at the bottom that is being typed, and everything else scrolling by above it. */
export class Screen {
  readonly #output: NodeJS.WriteStream;
  readonly #readline: Interface;
  readonly #hasColours: boolean;
  #isHiding = false;

  constructor(input: NodeJS.ReadStream, output: NodeJS.WriteStream, hasColours: boolean) {
    this.#output = output;
    this.#hasColours = hasColours;
    const shown = this.#muffled(output);
    this.#readline = createInterface({ input, output: shown, terminal: true, prompt: '> ', historySize: 500 });
    // A password is not to come back with the arrow keys.
    this.#readline.on('history', (lines) => {
      if (this.#isHiding || PASSWORD_LINE.test(lines[0] ?? '')) lines.shift();
    });
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
    this.#clearTyped();
    this.#output.write(`${this.#coloured(text)}\n`);
    this.#believeRows(0);
    this.#readline.prompt(true);
  }

  /** From now on what is typed is not shown, or it is again. */
  hideTyping(isHidden: boolean): void {
    if (isHidden === this.#isHiding) return;
    if (isHidden) this.#clearTyped();
    this.#isHiding = isHidden;
    if (!isHidden) this.#readline.prompt(true);
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

  /** Takes the line being typed off the screen. */
  #clearTyped(): void {
    const rows = this.#isHiding ? 0 : this.#readline.getCursorPos().rows;
    if (rows > 0) moveCursor(this.#output, 0, -rows);
    cursorTo(this.#output, 0);
    clearScreenDown(this.#output);
  }

  /** The terminal as readline sees it, which writes nothing to it while typing is hidden. */
  #muffled(output: NodeJS.WriteStream): NodeJS.WriteStream {
    return new Proxy(output, {
      get: (stream, key) => {
        if (key === 'write' && this.#isHiding) return () => true;
        const value: unknown = Reflect.get(stream, key, stream);
        return typeof value === 'function' ? value.bind(stream) : value;
      },
    });
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
