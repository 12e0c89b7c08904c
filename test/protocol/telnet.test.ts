import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TelnetFilter } from '../../src/protocol/plain/telnet.ts';
import { cutAt } from '../support/cut.ts';

function run(chunks: readonly Buffer[]): { typed: Buffer; answer: Buffer } {
  const filter = new TelnetFilter();
  const typed: Buffer[] = [];
  const answers: Buffer[] = [];
  for (const chunk of chunks) {
    typed.push(Buffer.from(filter.filter(chunk)));
    const answer = filter.takeAnswer();
    if (answer !== undefined) answers.push(answer);
  }
  return { typed: Buffer.concat(typed), answer: Buffer.concat(answers) };
}

// RFC 854: commands begin with IAC (255); WILL 251, WONT 252, DO 253, DONT 254.
test('negotiation is taken out, and every request is refused', () => {
  const { typed, answer } = run([Buffer.from([255, 253, 3, 104, 255, 251, 31, 105, 255, 252, 1, 255, 254, 1, 10])]);
  assert.equal(typed.toString(), 'hi\n');
  assert.deepEqual([...answer], [255, 252, 3, 255, 254, 31]);
});

// RFC 855: IAC SB ... IAC SE; an IAC inside is doubled.
test('a subnegotiation is taken out, with a doubled IAC inside it', () => {
  assert.equal(run([Buffer.from([97, 255, 250, 31, 0, 255, 255, 80, 255, 240, 98, 10])]).typed.toString(), 'ab\n');
});

// RFC 854, page 11: "CR NUL" is a carriage return on its own.
test('the Enter key of a terminal in raw mode ends a line', () => {
  assert.equal(run([Buffer.from('hi\r\0there\r\0')]).typed.toString(), 'hi\nthere\n');
});

// RFC 854, page 8: "Are You There" asks for visible evidence.
test('"are you there" gets an answer', () => {
  assert.equal(run([Buffer.from([255, 246])]).answer.toString(), '* yes, still here\n');
});

test('an endless negotiation is answered no more after a while', () => {
  const { answer } = run(Array.from({ length: 1000 }, () => Buffer.from([255, 253, 3])));
  assert.equal(answer.length, 64 * 3);
});

test('however a stream is cut, what was typed and answered is the same', () => {
  const byte = fc.constantFrom(255, 254, 253, 252, 251, 250, 246, 240, 13, 10, 0, 97);
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 60, size: 'max' }), fc.array(fc.nat(60)), (values, cuts) => {
      // A CR at the very end waits for what follows it; another byte behind settles it.
      const stream = Buffer.from([...values, 97]);
      assert.deepEqual(run(cutAt(stream, cuts)), run([stream]));
    }),
    { numRuns: 2000 },
  );
});

test('without TELNET in it the very chunk is handed back, not a copy', () => {
  const chunk = Buffer.from('plain text\n');
  assert.equal(new TelnetFilter().filter(chunk), chunk);
});
