import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PlainFraming } from '../../src/protocol/plain/framing.ts';

const TIMES = { silenceMs: 100, firstByteMs: 3000, typingMs: 10_000 };

/** A framing whose clock the test turns. */
class Bench {
  readonly #framing = new PlainFraming(20, TIMES);
  #nowMs = 0;

  /** Bytes come; gives the lines that are whole by then. */
  send(text: string | Buffer): string[] {
    this.#framing.push(Buffer.from(text), this.#nowMs);
    const lines: string[] = [];
    for (let line = this.#framing.next(); line !== undefined; line = this.#framing.next()) {
      lines.push(line.kind === 'line' ? line.bytes.toString() : '(too long)');
    }
    return lines;
  }

  /** Time passes without bytes; gives the message that silence has ended, if it has. */
  wait(ms: number): string | undefined {
    this.#nowMs += ms;
    const { waitMs } = this.#framing;
    if (waitMs === undefined || ms < waitMs) return undefined;
    const line = this.#framing.fallSilent();
    return line?.kind === 'line' ? line.bytes.toString() : undefined;
  }

  finish(): string | undefined {
    const line = this.#framing.finish();
    return line?.kind === 'line' ? line.bytes.toString() : undefined;
  }
}

// product.md: "when a client that has never sent a newline falls silent after more than one byte"
test('a burst without a newline is a message once the client falls silent', () => {
  const bench = new Bench();
  assert.deepEqual(bench.send('hi'), []);
  assert.equal(bench.wait(99), undefined);
  assert.equal(bench.wait(100), 'hi');
});

// product.md: "every burst followed by a short silence is a message, one byte long or more"
test('a client known to send no newlines may send a single byte', () => {
  const bench = new Bench();
  bench.send('hi');
  bench.wait(100);
  bench.send('y');
  assert.equal(bench.wait(100), 'y');
});

test('a lone first byte waits three seconds', () => {
  const bench = new Bench();
  bench.send('y');
  assert.equal(bench.wait(2999), undefined);
  assert.equal(bench.wait(3000), 'y');
  bench.send('n');
  assert.equal(bench.wait(100), 'n');
});

test('a lone first byte is its own message when a burst follows, and part of a line when a newline does', () => {
  const burst = new Bench();
  burst.send('y');
  burst.wait(500);
  assert.deepEqual(burst.send('hello'), ['y']);
  assert.equal(burst.wait(100), 'hello');
  const line = new Bench();
  line.send('y');
  line.wait(500);
  assert.deepEqual(line.send('es\n'), ['yes']);
});

test('a burst that the network cut in two is one message', () => {
  const bench = new Bench();
  bench.send('hello ');
  bench.wait(50);
  assert.deepEqual(bench.send('there'), []);
  assert.equal(bench.wait(100), 'hello there');
});

test('keys that come one at a time are not cut, not even when the network joins a few', () => {
  const bench = new Bench();
  for (const keys of ['h', 'e', 'll', 'o', ' ', 'é', '!']) {
    assert.deepEqual(bench.send(keys), []);
    assert.equal(bench.wait(2000), undefined);
  }
  assert.deepEqual(bench.send('\r\n'), ['hello é!']);
});

test('a client that has sent a newline is never cut by silence', () => {
  const bench = new Bench();
  assert.deepEqual(bench.send('one\ntw'), ['one']);
  assert.equal(bench.wait(60_000), undefined);
  assert.deepEqual(bench.send('o\n'), ['two']);
});

test('a telnet client is never cut by silence', () => {
  const bench = new Bench();
  bench.send(Buffer.from([255, 251, 31]));
  bench.send('hello');
  assert.equal(bench.wait(60_000), undefined);
  assert.deepEqual(bench.send('\r\n'), ['hello']);
});

test('what is left over at the end is a message', () => {
  const bench = new Bench();
  bench.send('one\ntwo');
  assert.equal(bench.finish(), 'two');
  assert.equal(bench.finish(), undefined);
});

test('a burst over the limit is told of once and forgotten with the silence', () => {
  const bench = new Bench();
  assert.deepEqual(bench.send('x'.repeat(30)), ['(too long)']);
  assert.deepEqual(bench.send('x'.repeat(30)), []);
  assert.equal(bench.wait(100), undefined);
  bench.send('ok');
  assert.equal(bench.wait(100), 'ok');
});
