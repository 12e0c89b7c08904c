import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer } from '../support/test-server.ts';
import type { TextClient } from '../support/text-client.ts';

const OPEN = { limits: { detection_ms: 10, enabled: false } };

/** Sends numbered messages and waits until a witness has seen the last, some at a time so that buffers stay small. */
async function sendNumbered(sender: TextClient, witness: TextClient, count: number): Promise<void> {
  const STEP = 1000;
  for (let from = 0; from < count; from += STEP) {
    const numbers = Array.from({ length: Math.min(STEP, count - from) }, (_, index) => from + index);
    sender.send(numbers.map((number) => `message ${number} ${'x'.repeat(50)}\n`).join(''));
    await witness.until(`message ${numbers.at(-1)} `);
  }
}

/** The numbers of the messages among what a client got. */
function numbersIn(text: string): number[] {
  return [...text.matchAll(/:message (\d+) x{50}\n/g)].map(([, number]) => Number(number));
}

// architecture.md, invariant 8.
test('a client that does not read is skipped, and told how many it missed; the others get everything', async (t) => {
  const COUNT = 200_000;
  const { welcomed } = await startServer(t, OPEN);
  const [sleeper, reader, sender] = [await welcomed(), await welcomed(), await welcomed()];
  sleeper.socket.pause();
  await sendNumbered(sender, reader, COUNT);
  assert.deepEqual(
    numbersIn(reader.received),
    Array.from({ length: COUNT }, (_, index) => index),
  );
  sleeper.socket.resume();
  const [, skipped] = /\* (\d+) messages skipped/.exec(await sleeper.until('skipped; '))!;
  sender.send('awake again\n');
  await sleeper.until(':awake again\n');
  const got = numbersIn(sleeper.received);
  assert.ok(got.length < COUNT / 2, 'most were skipped');
  assert.deepEqual(
    got,
    Array.from({ length: got.length }, (_, index) => index),
    'a gap at the end only',
  );
  assert.equal(got.length + Number(skipped), COUNT);
  for (let page = 0; page < 3; page++) {
    sleeper.send('/catchup\n');
    const missed = numbersIn(await sleeper.until('* /catchup shows more\n'));
    const first = got.length + page * 100;
    assert.deepEqual(
      missed,
      Array.from({ length: 100 }, (_, index) => first + index),
      'what it missed can be fetched, from the very first on',
    );
  }
});

test('after it has caught up a slow client gets everything again, and is told of each gap', async (t) => {
  const { welcomed } = await startServer(t, OPEN);
  const [sleeper, reader, sender] = [await welcomed(), await welcomed(), await welcomed()];
  let told = 0;
  for (let nap = 0; nap < 2; nap++) {
    sleeper.socket.pause();
    await sendNumbered(sender, reader, 150_000);
    sleeper.socket.resume();
    told += Number(/\* (\d+) messages skipped/.exec(await sleeper.until('skipped; '))![1]);
  }
  sender.send('the end\n');
  await sleeper.until(':the end\n');
  assert.equal(numbersIn(sleeper.received).length + told, 300_000);
});

// architecture.md: fair reading.
test('a client that floods does not keep the others waiting for its whole flood', async (t) => {
  const { welcomed } = await startServer(t, { limits: { ...OPEN.limits, lines_per_turn: 16 } });
  const [flooder, quiet, reader] = [await welcomed(), await welcomed(), await welcomed()];
  flooder.send('flood\n'.repeat(100_000));
  await reader.until(':flood\n');
  quiet.send('a word\n');
  const before = await reader.until(':a word\n');
  assert.ok(before.split(':flood\n').length < 90_000, 'the word came long before the end of the flood');
});

test('too many lines at once are refused with a reason and a time, in one notice; what was taken is heard', async (t) => {
  const { welcomed } = await startServer(t, { limits: { detection_ms: 10 } });
  const [flooder, reader] = [await welcomed(), await welcomed()];
  flooder.send('1\n2\n3\n4\n5\n6\n7\n8\n');
  assert.equal(await reader.until('5\n'), [1, 2, 3, 4, 5].map((n) => `<${flooder.label}> :${n}\n`).join(''));
  assert.match(await flooder.line(), /^\* not sent: 3 lines were too fast; try again in 0\.[1-5] s$/);
  flooder.send('/who\n');
  assert.match(await flooder.line(), /^\* not sent: that was too fast; try again in 0\.[1-5] s$/);
  flooder.send('/quit\n');
  assert.equal(await flooder.line(), '* goodbye');
});

test('a line over the limit is refused with a reason, and the next one is heard', async (t) => {
  const { welcomed } = await startServer(t, OPEN);
  const [client, reader] = [await welcomed(), await welcomed()];
  client.send(`${'x'.repeat(4096)}\n`);
  assert.equal((await reader.line()).length, `<${client.label}> :`.length + 4096);
  client.send(`${'x'.repeat(4097)}\nnext\n`);
  assert.equal(await client.line(), '* not sent: the line is too long (at most 4096 bytes); send it in pieces');
  assert.equal(await reader.line(), `<${client.label}> :next`);
});

test('bytes that are not UTF-8 are refused with a reason', async (t) => {
  const { welcomed } = await startServer(t, OPEN);
  const [client, reader] = [await welcomed(), await welcomed()];
  for (const bad of [[0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf8, 0x88], [0x80], [0xe4, 0xb8]]) {
    client.send(Buffer.from([...bad, 0x0a]));
    assert.equal(await client.line(), '* not sent: that is not valid UTF-8; set your terminal to UTF-8');
  }
  client.send('naïve\n');
  assert.equal(await reader.line(), `<${client.label}> :naïve`);
});

// product.md: control characters of others never reach a terminal.
test('control characters and bidi overrides arrive as visible signs', async (t) => {
  const { welcomed } = await startServer(t, OPEN);
  const [client, reader] = [await welcomed(), await welcomed()];
  client.send('a\x1b[31mred\x07\x9b2J\u202egnp\ttab\rback\n');
  assert.equal(await reader.line(), `<${client.label}> :a␛[31mred␇\ufffd2J\ufffdgnp tab␍back`);
});

test('what was typed and taken back is not heard', async (t) => {
  const { welcomed } = await startServer(t, OPEN);
  const [client, reader] = [await welcomed(), await welcomed()];
  client.send('wrong\x15hem\x7flp\b\x7fllo!\n');
  assert.equal(await reader.line(), `<${client.label}> :hello!`);
});
