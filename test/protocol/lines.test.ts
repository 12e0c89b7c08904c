import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LineSplitter } from '../../src/protocol/lines.ts';
import { cutAt } from '../support/cut.ts';

const MAX_BYTES = 10;

/**
 * Everything a splitter makes of some chunks: the lines as text, undefined for one that was too long.
 * @param linesPerChunk taken when a chunk is pushed; the others only after the memory of the chunk has changed.
 */
function split(chunks: readonly Buffer[], linesPerChunk = Infinity): (string | undefined)[] {
  const splitter = new LineSplitter(MAX_BYTES);
  const lines: (string | undefined)[] = [];
  const take = (most: number): void => {
    for (let count = 0; count < most; count++) {
      const line = splitter.next();
      if (line === undefined) return;
      lines.push(line.kind === 'line' ? line.bytes.toString('latin1') : undefined);
    }
  };
  for (const chunk of chunks) {
    const memory = Buffer.from(chunk);
    splitter.push(memory);
    take(linesPerChunk);
    splitter.holdUnread();
    memory.fill('!');
  }
  take(Infinity);
  return lines;
}

test('lines end with LF or CRLF, and a CR inside a line stays', () => {
  assert.deepEqual(split([Buffer.from('a\nb\r\n\r\n\nc\rd\n')]), ['a', 'b', '', '', 'c\rd']);
});

test('a line of the limit is taken, one byte more is too long, however it ends', () => {
  assert.deepEqual(split([Buffer.from('0123456789\n0123456789\r\n0123456789a\nok\n')]), [
    '0123456789',
    '0123456789',
    undefined,
    'ok',
  ]);
});

test('a line that never ends is told of once, when it passes the limit, and forgotten up to its end', () => {
  const chunk = Buffer.from('0123456789abcdef');
  assert.deepEqual(split([chunk, chunk, chunk]), [undefined]);
  assert.deepEqual(split([chunk, chunk, Buffer.from('end\nnext\n')]), [undefined, 'next']);
});

test('a line past all measure is endless, however it comes, and its start is told of before', () => {
  const kinds = (chunks: readonly string[]): string[] => {
    const splitter = new LineSplitter(MAX_BYTES, 20);
    return chunks.flatMap((chunk) => {
      splitter.push(Buffer.from(chunk));
      const found: string[] = [];
      for (let line = splitter.next(); line !== undefined; line = splitter.next()) {
        found.push(line.kind === 'too-long' ? line.start.toString() : line.kind);
      }
      return found;
    });
  };
  const digits = '0123456789';
  assert.deepEqual(kinds([`${digits}${digits}\n`]), [digits]);
  assert.deepEqual(kinds([`${digits}${digits}x\n`, 'ok\n']), ['endless', 'line']);
  assert.deepEqual(kinds([digits, digits, 'x', digits, '\n', 'ok\n']), [digits, 'endless', 'line']);
  assert.deepEqual(kinds([digits, digits, 'x\nok\n']), [digits, 'endless', 'line']);
});

test('however a stream is cut, and whenever its lines are taken, they are the same', () => {
  const bytes = fc.array(fc.constantFrom(0x0a, 0x0d, 0x61, 0xff), { maxLength: 200, size: 'max' });
  fc.assert(
    fc.property(bytes, fc.array(fc.nat(200)), fc.nat(3), (values, cuts, linesPerChunk) => {
      const stream = Buffer.from(values);
      assert.deepEqual(split(cutAt(stream, cuts), linesPerChunk), split([stream]));
    }),
    { numRuns: 2000 },
  );
});

test('what is left over can be taken as it stands', () => {
  const splitter = new LineSplitter(MAX_BYTES);
  splitter.push(Buffer.from('one\ntwo'));
  assert.equal(splitter.next()?.kind, 'line');
  assert.equal(splitter.next(), undefined);
  assert.equal(splitter.isMidLine, true);
  assert.deepEqual(splitter.takeRest(), { kind: 'line', bytes: Buffer.from('two') });
  assert.equal(splitter.isMidLine, false);
  assert.equal(splitter.takeRest(), undefined);
});
