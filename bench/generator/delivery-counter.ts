import { MARKER } from './message-text.ts';

const LF = 0x0a;
const CR = 0x0d;
const [FIRST, SECOND] = [MARKER.charCodeAt(0), MARKER.charCodeAt(1)];
/** A line that is longer than this without an end is no chat protocol. */
const MAX_UNFINISHED_BYTES = 1 << 20;

interface CounterOptions {
  /** Length of a message's text; a text of another length was damaged on its way and does not count. */
  readonly textBytes: number;
  readonly sampleEvery: number;
  /** A delivery whose time is to be read; its marker stands at `at`. The chunk is only good during the call. */
  onSample(chunk: Uint8Array, at: number): void;
  /** A line that is no delivery, without its line end. */
  onLine(line: string): void;
}

/**
 * Counts the messages that one client got, however the stream is cut into chunks. Every line is looked at: either its
 * marker and its end are where those of the line before were, which costs a few comparisons, or it is searched.
 */
export class DeliveryCounter {
  /** All deliveries so far. */
  count = 0;
  readonly #options: CounterOptions;
  #unfinished: Buffer = Buffer.alloc(0);
  #untilSample: number;
  /** Shape of the last delivery: its first byte, the bytes before its marker, and those from its marker to its LF. */
  #firstByte = 0;
  #headBytes = 0;
  #tailBytes = 0;

  constructor(options: CounterOptions) {
    this.#options = options;
    this.#untilSample = options.sampleEvery;
  }

  /** Takes the first `length` bytes of a chunk, which may be used again for something else afterwards. */
  feed(chunk: Buffer, length: number): void {
    let at = this.#unfinished.length > 0 ? this.#finish(chunk, length) : 0;
    while (at < length) {
      const marker = at + this.#headBytes;
      const end = marker + this.#tailBytes;
      if (end < length && this.#isLikeLast(chunk, at, marker, end)) {
        this.#deliver(chunk, marker);
        at = end + 1;
        continue;
      }
      const lf = chunk.indexOf(LF, at);
      if (lf === -1 || lf >= length) {
        this.#unfinished = Buffer.from(chunk.subarray(at, length));
        return;
      }
      this.#look(chunk, at, lf);
      at = lf + 1;
    }
  }

  #isLikeLast(chunk: Buffer, start: number, marker: number, end: number): boolean {
    return (
      chunk[marker] === FIRST && chunk[marker + 1] === SECOND && chunk[end] === LF && chunk[start] === this.#firstByte
    );
  }

  /** Ends the line that an earlier chunk began; returns where the next one begins. */
  #finish(chunk: Buffer, length: number): number {
    const lf = chunk.indexOf(LF);
    const isWhole = lf !== -1 && lf < length;
    const line = Buffer.concat([this.#unfinished, chunk.subarray(0, isWhole ? lf + 1 : length)]);
    if (line.length > MAX_UNFINISHED_BYTES) throw new Error('the server sent a line that does not end');
    this.#unfinished = isWhole ? Buffer.alloc(0) : line;
    if (isWhole) this.#look(line, 0, line.length - 1);
    return isWhole ? lf + 1 : length;
  }

  #look(chunk: Buffer, start: number, lf: number): void {
    const end = lf > start && chunk[lf - 1] === CR ? lf - 1 : lf;
    const found = chunk.subarray(start, end).indexOf(MARKER, 0, 'latin1');
    const marker = start + found;
    if (found === -1) {
      this.#options.onLine(chunk.toString('latin1', start, end));
    } else if (end - marker === this.#options.textBytes) {
      this.#firstByte = chunk[start] ?? 0;
      this.#headBytes = marker - start;
      this.#tailBytes = lf - marker;
      this.#deliver(chunk, marker);
    }
  }

  #deliver(chunk: Buffer, marker: number): void {
    this.count++;
    if (--this.#untilSample > 0) return;
    this.#untilSample = this.#options.sampleEvery;
    this.#options.onSample(chunk, marker);
  }
}
