import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextPiece, remainingPieces } from '../../src/dialects/irc/answer.ts';
import type { OutgoingLine } from '../../src/dialects/irc/line.ts';

/** So many lines, each of which is noted when it is made. */
function* lines(count: number, made: number[], tags: readonly string[] = []): Generator<OutgoingLine> {
  for (let number = 0; number < count; number++) {
    made.push(number);
    yield { tags, body: `LINE ${number}` };
  }
}

test('a short answer is one piece', () => {
  const { bytes, isLast } = nextPiece(lines(3, []));
  assert.equal(bytes.toString(), 'LINE 0\r\nLINE 1\r\nLINE 2\r\n');
  assert.equal(isLast, true);
});

test('no answer is an empty last piece', () => {
  assert.deepEqual(nextPiece(lines(0, [])), { bytes: Buffer.alloc(0), isLast: true });
});

for (const [what, count, tags] of [
  ['many lines', 1000, []],
  ['long lines', 60, [`long=${'x'.repeat(3000)}`]],
  ['just as many lines as a piece has', 64, []],
] as const) {
  test(`an answer of ${what} is made piece by piece, as it is taken, and is whole`, () => {
    const made: number[] = [];
    const rest = lines(count, made, tags);
    const first = nextPiece(rest);
    assert.equal(first.isLast, false);
    let text = first.bytes.toString();
    const linesTaken = (): number => text.split('\r\n').length - 1;
    assert.equal(made.length, linesTaken(), 'no more is made than is sent');
    for (const piece of remainingPieces(rest)) {
      assert.notEqual(piece.length, 0);
      text += piece.toString();
      assert.equal(made.length, linesTaken(), 'no more is made than is sent');
    }
    const whole = Array.from({ length: count }, (_, number) => [...tags.map((tag) => `@${tag}`), `LINE ${number}`]);
    assert.equal(text, whole.map((words) => `${words.join(' ')}\r\n`).join(''));
  });
}
