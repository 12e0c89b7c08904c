import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Backoff } from '../../src/client/backoff.ts';
import { EchoCommands } from '../../src/client/echo-commands.ts';
import { IncomingText } from '../../src/client/incoming-text.ts';
import { parseTarget } from '../../src/client/target.ts';
import { cutAt } from '../support/cut.ts';

test('a host, a port and their other spellings', () => {
  const tcp = (host: string, port: number) => ({ kind: 'tcp', host, port });
  assert.deepEqual(parseTarget('chat.example.org', undefined), tcp('chat.example.org', 8001));
  assert.deepEqual(parseTarget('chat.example.org', '7000'), tcp('chat.example.org', 7000));
  assert.deepEqual(parseTarget('chat.example.org:7000', undefined), tcp('chat.example.org', 7000));
  assert.deepEqual(parseTarget('[::1]:7000', undefined), tcp('::1', 7000));
  assert.deepEqual(parseTarget('::1', '7000'), tcp('::1', 7000));
  assert.deepEqual(parseTarget('unix:/tmp/p', undefined), { kind: 'unix', path: '/tmp/p' });
  for (const [host, port] of [
    ['a:b', undefined],
    ['a', '0'],
    ['a', '65536'],
    ['a', 'x'],
    ['', undefined],
  ] as const) {
    assert.equal(parseTarget(host, port), undefined);
  }
});

test('however the bytes are cut, the lines are the same', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'é', '🙂', '\n', '\r\n') }),
      fc.array(fc.nat(40)),
      (text, cuts) => {
        const incoming = new IncomingText();
        const lines = cutAt(Buffer.from(text), cuts).flatMap((chunk) => incoming.push(chunk));
        assert.deepEqual(
          [...lines, ...incoming.takeRest()].join('\n'),
          text.replaceAll('\r\n', '\n').replace(/\n$/, ''),
        );
      },
    ),
  );
});

test('what a server without line ends sent is a line when the caller says so', () => {
  const incoming = new IncomingText();
  assert.deepEqual(incoming.push(Buffer.from('<127.0.0.1 : 1> :hi')), []);
  assert.equal(incoming.isMidLine, true);
  assert.deepEqual(incoming.takeRest(), ['<127.0.0.1 : 1> :hi']);
  assert.equal(incoming.isMidLine, false);
});

test('a server that never ends a line cannot fill the memory', () => {
  const incoming = new IncomingText();
  assert.equal(incoming.push(Buffer.alloc(70_000, 'x')).length, 1);
});

test('the waits double up to half a minute, and start small again after a good connection', () => {
  const backoff = new Backoff(() => 0.5);
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6, 7].map(() => backoff.next()),
    [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000],
  );
  backoff.reset();
  assert.equal(backoff.next(), 1000);
  assert.deepEqual(
    [0, 1].map((random) => new Backoff(() => random).next()),
    [800, 1200],
  );
});

// RFC 857: WILL ECHO (255 251 1), WONT ECHO (255 252 1).
test('what TELNET says of showing what is typed is taken out, however it is cut', () => {
  const stream = Buffer.from([...Buffer.from('é:\n'), 255, 251, 1, 97, 255, 241, 98, 255, 253, 1, 255, 251, 3, 10]);
  for (let cut = 0; cut <= stream.length; cut++) {
    const echo = new EchoCommands();
    const text = [stream.subarray(0, cut), stream.subarray(cut)].map((chunk) => echo.filter(chunk));
    assert.equal(Buffer.concat(text).toString(), 'é:\nab\n');
    assert.equal(echo.isHidden, true);
    echo.filter(Buffer.from([255, 252, 1]));
    assert.equal(echo.isHidden, false);
  }
});
