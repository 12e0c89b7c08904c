// What is written together arrives as if it had been written one by one (docs/decisions/0011-writes-leave-together.md).
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { test, type TestContext } from 'node:test';
import fc from 'fast-check';
import { DirectWriter } from '../../src/transports/socket-writer.ts';
import { currentBatch, startBatching, writeTogether } from '../../src/transports/write-batch.ts';
import { socketPair } from '../support/socket-pair.ts';

const obstacle = await startBatching().then(
  () => false,
  (error: unknown) => `io_uring: ${error instanceof Error ? error.message : String(error)}`,
);

interface Line {
  readonly near: Socket;
  readonly far: Socket;
  readonly writer: DirectWriter;
  drains: number;
}

async function openLines(t: TestContext, count: number): Promise<Line[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const [near, far] = await socketPair(t);
      const line: Line = { near, far, writer: new DirectWriter(near, () => line.drains++), drains: 0 };
      return line;
    }),
  );
}

async function read({ far }: Line, length: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let got = 0;
  while (got < length) {
    const chunk = far.read() as Buffer | null;
    if (chunk === null) await once(far, 'readable');
    else {
      chunks.push(chunk);
      got += chunk.length;
    }
  }
  return Buffer.concat(chunks);
}

test(
  'what many are sent together arrives at each of them, whether it is shared or not',
  { skip: obstacle },
  async (t) => {
    const lines = await openLines(t, 20);
    const shared = Buffer.from('for everybody\n');
    writeTogether(() => {
      assert.ok(currentBatch() !== undefined);
      for (const [index, { writer }] of lines.entries()) {
        if (index % 3 === 0) writer.write(Buffer.from(`for ${index}\n`));
        else if (index % 3 === 1) writer.write(shared);
        else writer.writeFilled(8, (memory) => memory.write(`fill ${String(index).padStart(2)}\n`));
      }
    });
    assert.equal(currentBatch(), undefined);
    for (const [index, line] of lines.entries()) {
      const expected = [`for ${index}\n`, shared.toString(), `fill ${String(index).padStart(2)}\n`][index % 3]!;
      assert.equal((await read(line, expected.length)).toString(), expected);
      assert.equal(line.writer.queuedBytes, 0);
      assert.equal(line.drains, 0, 'nothing had to wait');
    }
  },
);

test('more than one system call can take goes with several', { skip: obstacle }, async (t) => {
  const large = await openLines(t, 20);
  const pieces = large.map((_, index) => Buffer.alloc(60_000, index));
  writeTogether(() => {
    for (const [index, { writer }] of large.entries()) writer.write(pieces[index]!);
  });
  for (const [index, line] of large.entries()) assert.ok((await read(line, 60_000)).equals(pieces[index]!));
  const many = await openLines(t, 1030);
  writeTogether(() => {
    for (const [index, { writer }] of many.entries()) writer.write(Buffer.from(`${index}\n`));
  });
  for (const [index, line] of many.entries()) {
    const expected = `${index}\n`;
    assert.equal((await read(line, expected.length)).toString(), expected);
  }
});

test(
  'what those who do not read are not sent waits, in order, and costs nobody else',
  { skip: obstacle },
  async (t) => {
    const lines = await openLines(t, 6);
    const slow = lines.slice(0, 3);
    const quick = lines.slice(3);
    const rounds = 300;
    const chunk = (round: number): Buffer => Buffer.alloc(50_000, round % 251);
    const all = Buffer.concat(Array.from({ length: rounds }, (_, round) => chunk(round)));
    const reading = quick.map((line) => read(line, all.length));
    for (let round = 0; round < rounds; round++) {
      const bytes = chunk(round);
      writeTogether(() => {
        for (const [index, { writer }] of lines.entries()) {
          if (index % 2 === 0) writer.write(bytes);
          else writer.writeFilled(bytes.length, (memory) => bytes.copy(memory));
        }
      });
      await new Promise(setImmediate);
    }
    for (const received of await Promise.all(reading)) assert.ok(received.equals(all));
    for (const line of slow) {
      assert.ok(line.writer.queuedBytes > 1_000_000, 'the system does not take it all');
      assert.equal(line.drains, 0);
      assert.ok((await read(line, all.length)).equals(all));
      while (line.writer.queuedBytes > 0) await new Promise(setImmediate);
      assert.equal(line.drains, 1, 'told once that all is taken');
    }
  },
);

test(
  'a socket that closes meanwhile has been sent what was written to it, and no more',
  { skip: obstacle },
  async (t) => {
    const lines = await openLines(t, 5);
    const [first, second] = lines as [Line, Line];
    writeTogether(() => {
      for (const { writer } of lines) writer.write(Buffer.from('before '));
      first.near.destroy();
      // Its file descriptor is free by now, and may be that of any other file.
      for (const { writer } of lines) writer.write(Buffer.from('after'));
      second.near.destroy();
    });
    assert.equal((await read(first, 7)).toString(), 'before ');
    assert.equal((await read(second, 12)).toString(), 'before after');
    for (const line of lines.slice(2)) assert.equal((await read(line, 12)).toString(), 'before after');
  },
);

test('a reset connection ends alone', { skip: obstacle }, async (t) => {
  const lines = await openLines(t, 5);
  const gone = lines[2]!;
  gone.near.on('error', () => {});
  gone.far.resetAndDestroy();
  while (!gone.near.closed) {
    writeTogether(() => {
      for (const { writer } of lines) writer.write(Buffer.from('x'));
    });
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  writeTogether(() => {
    for (const { writer } of lines) writer.write(Buffer.from('!'));
  });
  for (const line of lines) if (line !== gone) assert.match((await read(line, 2)).toString(), /^x+!?$/);
});

test('any writes of any sizes, together or not, give each reader the same bytes', { skip: obstacle }, async (t) => {
  const lines = await openLines(t, 5);
  const write = fc.record({
    to: fc.nat(lines.length - 1),
    length: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 150_000 })),
    isFilled: fc.boolean(),
    isShared: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ isTogether: fc.boolean(), writes: fc.array(write) })), async (turns) => {
      const sent = lines.map((): Buffer[] => []);
      let seed = 0;
      for (const { isTogether, writes } of turns) {
        const run = (): void => {
          for (const { to, length, isFilled, isShared } of writes) {
            const bytes = Buffer.alloc(length, seed++ % 251);
            for (const [index, { writer }] of lines.entries()) {
              if (!isShared && index !== to) continue;
              if (isFilled) writer.writeFilled(length, (memory) => bytes.copy(memory));
              else writer.write(bytes);
              sent[index]!.push(bytes);
            }
          }
        };
        if (isTogether) writeTogether(run);
        else run();
      }
      const expected = sent.map((list) => Buffer.concat(list));
      const received = await Promise.all(lines.map((line, index) => read(line, expected[index]!.length)));
      for (const [index, bytes] of received.entries()) assert.ok(bytes.equals(expected[index]!));
    }),
    { numRuns: 60 },
  );
});
