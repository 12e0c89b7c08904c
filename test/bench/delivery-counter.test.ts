import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeliveryCounter } from '../../bench/generator/delivery-counter.ts';
import { messageText, readTime } from '../../bench/generator/message-text.ts';

const TEXT_BYTES = 32;
const text = (atMs: number): string => messageText(atMs, TEXT_BYTES);

/** Feeds a stream in chunks of one size, through a buffer that is used again as the generator's is. */
function count(stream: string, chunkBytes: number): { deliveries: number; lines: string[]; times: number[] } {
  const lines: string[] = [];
  const times: number[] = [];
  const counter = new DeliveryCounter({
    textBytes: TEXT_BYTES,
    sampleEvery: 1,
    onSample: (chunk, at) => times.push(readTime(chunk, at)),
    onLine: (line) => lines.push(line),
  });
  const bytes = Buffer.from(stream, 'latin1');
  const shared = Buffer.alloc(4096, '\n');
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const length = bytes.copy(shared, 0, at, at + chunkBytes);
    counter.feed(shared, length);
    shared.fill(text(0), 0, length);
  }
  return { deliveries: counter.count, lines, times };
}

test('every delivery and every other line is found, wherever the stream is cut', () => {
  const stream = [
    'welcome',
    `<127.0.0.1 : 40001> :${text(1)}`,
    `<127.0.0.1 : 40002> :${text(2)}`,
    '* 3 messages skipped',
    `<127.0.0.1 : 9> :${text(3)}`,
    '',
    `[#room7] <alan> :${text(4.5)}`,
    text(1_000_000),
    'the end',
  ].join('\n');
  for (let chunkBytes = 1; chunkBytes <= stream.length + 1; chunkBytes++) {
    assert.deepEqual(
      count(`${stream}\n`, chunkBytes),
      {
        deliveries: 5,
        lines: ['welcome', '* 3 messages skipped', '', 'the end'],
        times: [1, 2, 3, 4.5, 1_000_000],
      },
      `in chunks of ${chunkBytes}`,
    );
  }
});

test('tags may stand before a message, of any length, wherever the stream is cut', () => {
  const stream = [
    `@time=2026-01-02T03:04:05.678Z;msgid=01 :b1!~b@host PRIVMSG #bench :${text(1)}`,
    `@time=2026-01-02T03:04:05.678Z;msgid=02 :b2!~b@host PRIVMSG #bench :${text(2)}`,
    `:b3!~b@host PRIVMSG #bench :${text(3)}`,
    '@time=2026-01-02T03:04:05.678Z :b4!~b@host JOIN #bench',
    `@msgid=0000000003 :b10!~b@host PRIVMSG #bench :${text(4)}`,
    '',
  ].join('\r\n');
  for (let chunkBytes = 1; chunkBytes <= stream.length; chunkBytes++) {
    assert.deepEqual(
      count(stream, chunkBytes),
      { deliveries: 4, lines: ['@time=2026-01-02T03:04:05.678Z :b4!~b@host JOIN #bench'], times: [1, 2, 3, 4] },
      `in chunks of ${chunkBytes}`,
    );
  }
});

test('lines may end in CR LF', () => {
  const { deliveries, lines } = count(`:b1 PRIVMSG #bench :${text(1)}\r\n`.repeat(3).concat('PING x\r\n'), 50);
  assert.deepEqual([deliveries, lines], [3, ['PING x']]);
});

test('a message that lost some of its bytes is not counted', () => {
  const whole = `<a> :${text(1)}\n`;
  const damaged = `<a> :${text(1).slice(0, -1)}\n`;
  assert.equal(count(whole + damaged + whole, 4096).deliveries, 2);
});

test('two messages that lost the line end between them are not counted', () => {
  const whole = `<a> :${text(1)}\n`;
  assert.equal(count(whole + whole.trimEnd() + whole + whole, 4096).deliveries, 2);
});

test('only every so many deliveries are sampled, but all are counted', () => {
  let samples = 0;
  const counter = new DeliveryCounter({
    textBytes: TEXT_BYTES,
    sampleEvery: 4,
    onSample: () => samples++,
    onLine: () => undefined,
  });
  const chunk = Buffer.from(`<a> :${text(1)}\n`.repeat(10));
  counter.feed(chunk, chunk.length);
  assert.deepEqual([counter.count, samples], [10, 2]);
});
