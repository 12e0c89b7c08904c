/** Longest text that is kept waiting for the end of its line, in characters. */
const MAX_UNFINISHED = 65_536;

/**
 * Makes lines of what a server sends. Ours ends its lines. A server of the first kind ends nothing, and one chunk is one
 * message: what has no line end is a line once the server falls silent, and the caller says when that is.
 */
export class IncomingText {
  #decoder = new TextDecoder();
  #unfinished = '';

  /** Whether a line has begun that has not ended. */
  get isMidLine(): boolean {
    return this.#unfinished !== '';
  }

  /** The lines that a chunk completes, without their ends. */
  push(chunk: Uint8Array): string[] {
    const lines = (this.#unfinished + this.#decoder.decode(chunk, { stream: true })).split('\n');
    this.#unfinished = lines.pop() ?? '';
    if (this.#unfinished.length > MAX_UNFINISHED) lines.push(...this.takeRest());
    return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  }

  /** The unfinished line, as it stands. */
  takeRest(): string[] {
    const rest = this.#unfinished;
    this.#unfinished = '';
    return rest === '' ? [] : [rest];
  }

  /** Forgets everything: the next bytes are another connection's. */
  reset(): void {
    this.#decoder = new TextDecoder();
    this.#unfinished = '';
  }
}
