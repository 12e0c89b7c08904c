// What is read past the stream is read in order, whole, and no longer than it is wanted (docs/decisions/0010-direct-reads.md).
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'node:test';
import { SocketReader } from '../../src/transports/socket-reader.ts';
import { socketPair } from '../support/socket-pair.ts';

/** Keeps a copy of what it is handed, as whoever is handed it has to. */
class Collector {
  text = '';
  #awaited: { readonly length: number; readonly resolve: () => void } | undefined;
  readonly handler = {
    onData: (bytes: Buffer): void => {
      this.text += bytes.toString('latin1');
      if (this.text.length >= (this.#awaited?.length ?? Infinity)) this.#awaited?.resolve();
    },
  };

  /** Settles when so many bytes have come. */
  async until(length: number): Promise<void> {
    if (this.text.length >= length) return undefined;
    return await new Promise((resolve) => (this.#awaited = { length, resolve }));
  }
}

test('two sockets that share their memory get each what is theirs, in order', async (t) => {
  const [[one, farOne], [other, farOther]] = [await socketPair(t), await socketPair(t)];
  const [ofOne, ofOther] = [new Collector(), new Collector()];
  for (const [socket, collector] of [[one, ofOne] as const, [other, ofOther] as const]) {
    socket.on('data', () => assert.fail('nothing goes through the stream'));
    assert.ok(SocketReader.for(socket, collector));
  }
  const [words, others] = [10_000, 5000].map((count, index) =>
    Array.from({ length: count }, (_, at) => `${index}-${at} `).join(''),
  );
  for (let from = 0; from < words!.length; from += 999) {
    farOne.write(words!.slice(from, from + 999));
    farOther.write(others!.slice(from, from + 999));
    if (from % 5 === 0) await delay(1);
  }
  await Promise.all([ofOne.until(words!.length), ofOther.until(others!.length)]);
  assert.equal(ofOne.text, words);
  assert.equal(ofOther.text, others);
});

test('a paused reader reads nothing, and goes on where it was', async (t) => {
  const [near, far] = await socketPair(t);
  const collector = new Collector();
  near.on('data', () => {});
  const reader = SocketReader.for(near, collector)!;
  far.write('before');
  await collector.until(6);
  reader.pause();
  far.write(' and after');
  await delay(20);
  assert.equal(collector.text, 'before');
  reader.resume();
  await collector.until(16);
  assert.equal(collector.text, 'before and after');
});

test('the end is told of by the stream, after the last byte', async (t) => {
  const [near, far] = await socketPair(t);
  const collector = new Collector();
  near.on('data', () => {});
  SocketReader.for(near, collector);
  const ended = once(near, 'end');
  far.end('last words');
  await ended;
  assert.equal(collector.text, 'last words');
  assert.equal(near.destroyed, false, 'it may still be written to');
});

test('a reset is told of by the stream', async (t) => {
  const [near, far] = await socketPair(t);
  near.on('data', () => {});
  SocketReader.for(near, new Collector());
  const closed = new Promise((resolve) => near.once('close', resolve));
  const failed = once(near, 'error');
  far.resetAndDestroy();
  const [error] = (await failed) as [NodeJS.ErrnoException];
  assert.equal(error.code, 'ECONNRESET');
  await closed;
});

test('a socket with something in its queue goes on being read through it', async (t) => {
  const [near, far] = await socketPair(t);
  far.write('early');
  near.read(0);
  await once(near, 'readable');
  assert.equal(SocketReader.for(near, new Collector()), undefined);
  assert.equal(String(near.read()), 'early');
});
