import { LineSplitter, type Line } from '../lines.ts';

/** IRCv3 message-tags: 4096 bytes of tags a client may send, then 512 of message; what is longer is refused, not cut. */
const MAX_LINE_BYTES = 4096 + 510;

/** Who sends a line as long as this does not speak IRC, or means harm; 417 would not stop them. */
const ENDLESS_LINE_BYTES = 16_384;

/** Finds the messages in what an IRC client sends. They end with newlines, and silence means nothing. */
export class IrcFraming {
  readonly #lines = new LineSplitter(MAX_LINE_BYTES, ENDLESS_LINE_BYTES);
  readonly waitMs = undefined;

  push(chunk: Buffer): void {
    this.#lines.push(chunk);
  }

  next(): Line | undefined {
    return this.#lines.next();
  }

  holdUnread(): void {
    this.#lines.holdUnread();
  }

  takeAnswer(): undefined {
    return undefined;
  }

  fallSilent(): undefined {
    return undefined;
  }

  /** A message without its end is none (RFC 2812 section 2.3). */
  finish(): undefined {
    return undefined;
  }
}
