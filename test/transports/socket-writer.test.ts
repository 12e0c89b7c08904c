// Both ways of writing keep the same promises (docs/decisions/0002-direct-writes.md).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DirectWriter, StreamWriter } from '../../src/transports/socket-writer.ts';
import { socketPair } from '../support/socket-pair.ts';

for (const Writer of [DirectWriter, StreamWriter]) {
  test(`${Writer.name}: what the other end does not read waits, is counted, and arrives in order`, async (t) => {
    const [near, far] = await socketPair(t);
    let drains = 0;
    const writer = new Writer(near, () => drains++);
    far.pause();
    const chunks = Array.from({ length: 400 }, (_, index) => Buffer.alloc(65_536, index % 251));
    for (const chunk of chunks) writer.write(chunk);
    assert.ok(writer.queuedBytes > 1_000_000, 'the system does not take it all');
    assert.equal(drains, 0);
    const received: Buffer[] = [];
    let length = 0;
    for await (const chunk of far.resume() as AsyncIterable<Buffer>) {
      received.push(chunk);
      length += chunk.length;
      if (length === 400 * 65_536) break;
    }
    assert.ok(Buffer.concat(received).equals(Buffer.concat(chunks)));
    if (drains === 0) await new Promise(setImmediate);
    assert.equal(writer.queuedBytes, 0);
    assert.equal(drains, 1, 'told once that all is taken');
  });

  test(`${Writer.name}: writing to a connection that is gone does nothing`, async (t) => {
    const [near, far] = await socketPair(t);
    const writer = new Writer(near, () => {});
    near.on('error', () => {});
    far.resetAndDestroy();
    for (let tries = 0; tries < 100; tries++) writer.write(Buffer.from('hello\n'));
    if (!near.closed) await new Promise((resolve) => near.once('close', resolve));
    writer.write(Buffer.from('hello\n'));
    assert.equal(near.destroyed, true);
  });
}
