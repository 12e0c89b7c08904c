/**
 * A line without its end; the fact that one was longer than allowed, with how it began (told once, when the limit is
 * passed); or that it went on even past the measure at which nobody is listening to our answers.
 */
export type Line =
  | { readonly kind: 'line'; readonly bytes: Buffer }
  | { readonly kind: 'too-long'; readonly start: Buffer }
  | { readonly kind: 'endless' };

const LF = 0x0a;
const CR = 0x0d;
const EMPTY = Buffer.alloc(0);
const ENDLESS: Line = { kind: 'endless' };

/**
 * Splits a byte stream into lines ended by LF or CRLF, in bounded memory. Bytes go in with `push`, lines come out of
 * `next` one at a time, so that a reader can stop after its share and go on later.
 *
 * A line handed out may share memory with the pushed chunk: use it before the chunk changes, or another is pushed. What
 * is kept between chunks is a copy, so that a small rest never holds a large receive buffer.
 */
export class LineSplitter {
  readonly #maxBytes: number;
  readonly #endlessBytes: number;
  #chunk: Buffer = EMPTY;
  #from = 0;
  #rest: Buffer = EMPTY;
  #isDiscarding = false;
  /** Of the line that is being discarded. */
  #discardedBytes = 0;

  /**
   * @param maxBytes the longest line, without its end, in bytes.
   * @param endlessBytes what makes a line endless.
   */
  constructor(maxBytes: number, endlessBytes = Infinity) {
    this.#maxBytes = maxBytes;
    this.#endlessBytes = endlessBytes;
  }

  /** Bytes pushed and not yet handed out as lines. */
  get pendingBytes(): number {
    return this.#rest.length + this.#chunk.length - this.#from;
  }

  push(chunk: Buffer): void {
    if (this.#from >= this.#chunk.length) {
      this.#chunk = chunk;
      this.#from = 0;
      return;
    }
    this.#chunk = Buffer.concat([this.#chunk.subarray(this.#from), chunk]);
    this.#from = 0;
  }

  /** The next line, or undefined when no whole line is left. */
  next(): Line | undefined {
    while (this.#from < this.#chunk.length) {
      const end = this.#chunk.indexOf(LF, this.#from);
      if (end === -1) return this.#keepRest();
      const start = this.#from;
      this.#from = end + 1;
      if (this.#isDiscarding) {
        this.#isDiscarding = false;
        if (this.#isEndless(end - start)) return ENDLESS;
        continue;
      }
      if (this.#rest.length === 0) return this.#line(this.#chunk, start, end);
      const whole = Buffer.concat([this.#rest, this.#chunk.subarray(start, end)]);
      this.#rest = EMPTY;
      return this.#line(whole);
    }
    this.#chunk = EMPTY;
    this.#from = 0;
    return undefined;
  }

  /** The pushed chunk is about to change: what was not handed out of it is kept as a copy. */
  holdUnread(): void {
    if (this.#from >= this.#chunk.length) return;
    this.#chunk = Buffer.from(this.#chunk.subarray(this.#from));
    this.#from = 0;
  }

  /** Gives away what was pushed and not handed out. */
  takeUnread(): Buffer {
    const unread = Buffer.concat([this.#rest, this.#chunk.subarray(this.#from)]);
    this.#rest = EMPTY;
    this.#chunk = EMPTY;
    this.#from = 0;
    return unread;
  }

  /** Whether a line has begun that has not ended. Only meaningful after `next` has said undefined. */
  get isMidLine(): boolean {
    return this.#rest.length > 0 || this.#isDiscarding;
  }

  /** Ends the unfinished line here. The rest of a line that was too long has been told of already. */
  takeRest(): Line | undefined {
    const rest = this.#rest;
    this.#rest = EMPTY;
    this.#isDiscarding = false;
    return rest.length === 0 ? undefined : this.#line(rest);
  }

  /** The line that stands in some bytes, a CR behind it left out. */
  #line(bytes: Buffer, start = 0, end = bytes.length): Line {
    const stop = end > start && bytes[end - 1] === CR ? end - 1 : end;
    const length = stop - start;
    if (length <= this.#maxBytes) return { kind: 'line', bytes: bytes.subarray(start, stop) };
    if (length > this.#endlessBytes) return ENDLESS;
    return { kind: 'too-long', start: bytes.subarray(start, start + this.#maxBytes) };
  }

  /** Counts bytes of the line that is being discarded. True once, when it has become endless. */
  #isEndless(bytes: number): boolean {
    const before = this.#discardedBytes;
    this.#discardedBytes += bytes;
    return before <= this.#endlessBytes && this.#discardedBytes > this.#endlessBytes;
  }

  #keepRest(): Line | undefined {
    const piece = this.#chunk.subarray(this.#from);
    this.#chunk = EMPTY;
    this.#from = 0;
    if (this.#isDiscarding) return this.#isEndless(piece.length) ? ENDLESS : undefined;
    // One byte more than the limit may be the CR of a CRLF that was cut in two.
    if (this.#rest.length + piece.length > this.#maxBytes + 1) {
      const whole = Buffer.concat([this.#rest, piece]);
      this.#rest = EMPTY;
      this.#isDiscarding = true;
      this.#discardedBytes = whole.length;
      return this.#line(whole);
    }
    this.#rest = Buffer.concat([this.#rest, piece]);
    return undefined;
  }
}
