import { LineSplitter, type Line } from '../lines.ts';
import { TelnetFilter } from './telnet.ts';

export interface FramingTimes {
  /** The silence that ends a message of a client that sends no newlines, in milliseconds. */
  readonly silenceMs: number;
  /** How long a lone first byte waits for more, in milliseconds. */
  readonly firstByteMs: number;
  /** How long characters that come one at a time wait for the Enter key, in milliseconds. */
  readonly typingMs: number;
}

/**
 * What is known of how a client ends its messages. `unknown` has sent no newline and no burst yet; `typed` has sent
 * single characters only, more than one of them: a terminal that sends every key at once.
 */
type Framing = 'unknown' | 'typed' | 'newlines' | 'bursts';

const LF = 0x0a;
const MAX_KEYS_AT_ONCE = 3;
/** Bytes of one UTF-8 encoded character, by the high four bits of its first byte (RFC 3629 section 3). */
const CHARACTER_BYTES = [1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 2, 2, 3, 4];

/**
 * Finds the messages in what a plain client sends. Most end their lines. The oldest ones, made of a bare socket, send
 * each message as it is: theirs end with silence. And a terminal that sends each key as it is pressed is told from
 * those by its single characters, so that nobody's word is cut into letters.
 *
 * Time comes from outside: after the lines have been taken, wait `waitMs` for more bytes, then call `fallSilent`.
 */
export class PlainFraming {
  readonly #times: FramingTimes;
  readonly #telnet = new TelnetFilter();
  readonly #lines: LineSplitter;
  #framing: Framing = 'unknown';
  #lastBytesMs = 0;
  /** A message that turned out to be one when the next bytes came. */
  #settled: Line | undefined;

  constructor(maxLineBytes: number, times: FramingTimes) {
    this.#lines = new LineSplitter(maxLineBytes);
    this.#times = times;
  }

  /** @param nowMs a clock that never goes back, in milliseconds. */
  push(chunk: Buffer, nowMs: number): void {
    const typed = this.#telnet.filter(chunk);
    if (typed.length === 0) return;
    this.#learn(typed);
    const isNewBurst = nowMs - this.#lastBytesMs >= this.#times.silenceMs;
    if (this.#framing === 'bursts' && isNewBurst) this.#settled ??= this.#lines.takeRest();
    this.#lastBytesMs = nowMs;
    this.#lines.push(typed);
  }

  /** Bytes to send back to a client that negotiates, once. */
  takeAnswer(): Buffer | undefined {
    return this.#telnet.takeAnswer();
  }

  /** Asks a terminal that speaks TELNET not to show what is typed, or to show it again. */
  hideTyping(isHidden: boolean): void {
    this.#telnet.hideTyping(isHidden);
  }

  next(): Line | undefined {
    const settled = this.#settled;
    if (settled === undefined) return this.#lines.next();
    this.#settled = undefined;
    return settled;
  }

  /** The pushed bytes are about to change: what was not handed out is kept. */
  holdUnread(): void {
    this.#lines.holdUnread();
  }

  /** Gives away what the client sent and has not been handed out: somebody else is to read it. */
  takeUnread(): Buffer {
    return this.#lines.takeUnread();
  }

  /** How long to wait for more before calling `fallSilent`; undefined when silence means nothing. */
  get waitMs(): number | undefined {
    if (this.#framing === 'newlines' || !this.#lines.isMidLine) return undefined;
    if (this.#framing === 'bursts') return this.#times.silenceMs;
    return this.#framing === 'typed' ? this.#times.typingMs : this.#times.firstByteMs;
  }

  /** The client has been silent for `waitMs`: what it sent is a message. */
  fallSilent(): Line | undefined {
    // A lone first byte, waited for in vain, was a message: only a client without newlines sends those.
    if (this.#framing === 'unknown') this.#framing = 'bursts';
    return this.#lines.takeRest();
  }

  /** The client will send no more: what is left over is a message too. */
  finish(): Line | undefined {
    return this.#lines.takeRest();
  }

  #learn(typed: Buffer): void {
    if (this.#framing === 'newlines') return;
    if (this.#telnet.isTelnet || typed.at(-1) === LF) this.#framing = 'newlines';
    else if (this.#framing === 'bursts') return;
    else if (typed.includes(LF)) this.#framing = 'newlines';
    else if (isOneCharacter(typed)) this.#framing = this.#lines.isMidLine ? 'typed' : this.#framing;
    // A network may join a few quick keys into one segment; what was typed so far still counts for more.
    else if (this.#framing === 'unknown' || typed.length > MAX_KEYS_AT_ONCE) this.#framing = 'bursts';
  }
}

function isOneCharacter(bytes: Buffer): boolean {
  return bytes.length === 1 || bytes.length === CHARACTER_BYTES[bytes[0]! >> 4];
}
