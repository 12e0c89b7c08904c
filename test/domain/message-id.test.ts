import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { messageId, sequenceAt, sequenceOf, timeOf } from '../../src/domain/message-id.ts';
import { MessageIds } from '../../src/server/message-ids.ts';

test('an id tells its sequence number, and ids sort as their numbers do', () => {
  const sequence = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
  fc.assert(
    fc.property(sequence, sequence, (one, other) => {
      const [first, second] = [messageId(one, '00000'), messageId(other, '00000')];
      assert.equal(sequenceOf(first), one);
      assert.equal(first < second, one < other);
    }),
  );
});

test('what is no id of ours tells nothing', () => {
  for (const text of ['', 'x', '0123456789abcde', 'iiiiiiiiiiiiiiii', '0123456789ABCDEF', 'z'.repeat(16)]) {
    assert.equal(sequenceOf(text), undefined, text);
  }
});

test('ids and times never go back: not in a full millisecond, not when the clock does, not after a restart', () => {
  const ids = new MessageIds('abcde', 0);
  const moments = Array.from({ length: 3000 }, (_, index) => ids.next(index < 2900 ? 5000 : 4000));
  const sorted = moments.map(({ id }) => id).toSorted();
  assert.deepEqual(
    moments.map(({ id }) => id),
    sorted,
  );
  assert.equal(new Set(sorted).size, moments.length);
  for (const { at, id } of moments) assert.equal(timeOf(sequenceOf(id)!), at);
  const last = sequenceOf(moments.at(-1)!.id)!;
  assert.ok(last >= sequenceAt(5002));
  assert.ok(sequenceOf(new MessageIds('abcde', last).next(4000).id)! > last);
});
