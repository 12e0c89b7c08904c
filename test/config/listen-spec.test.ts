import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseListenSpec } from '../../src/config/listen-spec.ts';

test('addresses to listen on, with and without protocols', () => {
  const tcp = (host: string | undefined, port: number, protocols?: string[]) => {
    return { ok: true, value: { kind: 'tcp', host, port, protocols } };
  };
  assert.deepEqual(parseListenSpec('127.0.0.1:8001'), tcp('127.0.0.1', 8001));
  assert.deepEqual(parseListenSpec('*:0'), tcp(undefined, 0));
  assert.deepEqual(parseListenSpec('[::1]:6667=irc,tls'), tcp('::1', 6667, ['irc', 'tls']));
  assert.deepEqual(parseListenSpec('chat.example.org:65535=plain'), tcp('chat.example.org', 65535, ['plain']));
  assert.deepEqual(parseListenSpec('unix:/run/a=b.sock=plain'), {
    ok: true,
    value: { kind: 'unix', path: '/run/a=b.sock', protocols: ['plain'] },
  });
});

test('what is no address is refused', () => {
  for (const text of ['', '8001', 'host', '::1:80', ':80', '[::1]', 'host:65536', 'host:80=gopher', 'unix:', 'a:b']) {
    assert.equal(parseListenSpec(text).ok, false, text);
  }
});
