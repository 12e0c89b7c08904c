import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { QueuedPieces, type Piece } from '../../src/server/delivery/queued-pieces.ts';

const piece = (text: string): Piece => ({ bytes: Buffer.from(text), messages: 1 });

test('recipients of the same pieces stand on the same node and share the very same bytes', () => {
  const none = QueuedPieces.none(1000);
  const [a, b] = [piece('a\n'), piece('b\n')];
  const first = none.plus(a).plus(b);
  const second = none.plus(a).plus(b);
  assert.equal(first, second);
  assert.equal(first.join(), second.join());
  assert.equal(first.join().toString(), 'a\nb\n');
  assert.equal(none.plus(a).join(), a.bytes, 'a single piece is not even copied');
});

test('whoever gets which pieces in which turn, each gets just those, in order', () => {
  const pieces = Array.from({ length: 6 }, (_, index) => piece(`${'abcdef'[index]!.repeat(index + 1)}\n`));
  const plan = fc.array(fc.array(fc.nat(3), { maxLength: 4 }), { maxLength: 30, size: 'max' });
  fc.assert(
    fc.property(plan, (skips) => {
      const queues = Array.from({ length: 4 }, () => QueuedPieces.none(1000));
      const expected = ['', '', '', ''];
      // Each piece goes to everybody but those who skip it, as a message goes to everybody but its author.
      skips.forEach((skipped, index) => {
        const next = pieces[index % pieces.length]!;
        for (let who = 0; who < queues.length; who++) {
          if (skipped.includes(who)) continue;
          queues[who] = queues[who]!.plus(next);
          expected[who] += next.bytes.toString();
        }
      });
      queues.forEach((queue, who) => {
        assert.equal(queue.join().toString(), expected[who]);
        assert.equal(queue.bytes, expected[who]!.length);
      });
    }),
  );
});

test('what goes over the limit in one turn is left out and counted, and all behind it', () => {
  const none = QueuedPieces.none(10);
  const full = none.plus(piece('12345678')).plus(piece('90')).plus(piece('!')).plus(piece(''));
  assert.equal(full.join().toString(), '1234567890');
  assert.equal(full.messages, 2);
  assert.equal(full.skippedMessages, 2);
});

test('a single piece over the limit is sent all the same: nobody can be sent a part of it', () => {
  const big = QueuedPieces.none(4).plus(piece('123456'));
  assert.equal(big.join().toString(), '123456');
  assert.equal(big.skippedMessages, 0);
});
