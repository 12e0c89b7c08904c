import { randomBytes } from 'node:crypto';

/** Crockford's base 32, in order of value, so that ids sort as their times do. */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

function digits(value: number, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32)) text = DIGITS[rest % 32]! + text;
  return text;
}

/** Makes message ids: nine digits of time, four that count within a millisecond, five of this process's own. */
export class MessageIds {
  readonly #suffix = digits(randomBytes(4).readUInt32BE() % 32 ** 5, 5);
  #lastMs = 0;
  #count = 0;
  #prefix = '';

  /** @param nowMs milliseconds since 1970. A clock that was set back is waited for: ids never go back. */
  next(nowMs: number): string {
    if (nowMs > this.#lastMs) {
      this.#lastMs = nowMs;
      this.#count = 0;
      this.#prefix = digits(nowMs, 9);
    }
    return this.#prefix + digits(this.#count++, 4) + this.#suffix;
  }
}
