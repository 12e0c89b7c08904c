import { once } from 'node:events';
import type { TextClient } from './text-client.ts';

const PIECES = [
  'hello',
  'NICK ',
  'USER a 0 * :b',
  'GET / HTTP/1.1',
  '/nick ',
  '/join #a',
  '/me ',
  '/msg guest',
  '/topic \u202e',
  '/who ',
  '//',
  '\x1b[2J\x1b]0;title\x07',
  '\x1b[?1049h',
  '\u202eevil\u2066',
  '\u0085\u009b31m',
  '\x00',
  '\b\b\b',
  '\x15',
  '\r',
  '\r\n',
  '\n',
  '\n\n\n',
  '%s%n',
  '🙂',
  '\u0301'.repeat(50),
].map((text) => Buffer.from(text));

const BYTES = [
  [0xff, 0xfd, 0x03],
  [0xff, 0xfa, 0x1f, 0xff],
  [0xff, 0xf0],
  [0xff],
  [0xc0, 0xaf],
  [0xed, 0xa0, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0xe4, 0xb8],
  [0x16, 0x03, 0x01, 0x02],
].map((bytes) => Buffer.from(bytes));

/** Makes inputs that a server should survive, the same ones for the same seed. */
export class HostileInputs {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  next(): Buffer {
    const kind = this.#below(100);
    if (kind === 0 && this.#below(20) === 0) return Buffer.alloc(1 << 20, this.#below(256));
    if (kind < 5) return Buffer.alloc(this.#below(10_000), this.#pick(PIECES));
    if (kind < 35) return Buffer.from(Array.from({ length: this.#below(60) }, () => this.#below(256)));
    const parts = Array.from({ length: 1 + this.#below(8) }, () =>
      this.#below(4) === 0 ? this.#pick(BYTES) : this.#pick(PIECES),
    );
    const whole = Buffer.concat(parts);
    // Cut at random: the rest of it never comes, or the next input is glued to what did.
    return this.#below(3) === 0 ? whole.subarray(this.#below(whole.length + 1)) : whole;
  }

  /** Ends a connection in one of the ways that connections end. */
  async leave(client: TextClient): Promise<void> {
    const { socket } = client;
    const way = this.#below(4);
    if (way === 0) socket.resetAndDestroy();
    else if (way === 1) socket.destroy();
    else {
      socket.end(way === 2 ? this.next() : '');
      await client.end();
      socket.destroy();
    }
    if (!socket.closed) await once(socket, 'close');
  }

  #pick<Value>(values: readonly Value[]): Value {
    return values[this.#below(values.length)]!;
  }

  /** A whole number from 0 up to, not including, `limit` (mulberry32). */
  #below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }
}
