import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ircProtocol } from '../../bench/generator/irc-protocol.ts';

const client = { index: 7, room: 2, rooms: 3, capabilities: [], joinsLater: false };

test('a client asks for its capabilities one by one, so that a server may know some of them', () => {
  assert.equal(ircProtocol.open(client), 'NICK b7\r\nUSER bench 0 * :bench\r\n');
  assert.equal(
    ircProtocol.open({ ...client, capabilities: ['server-time', 'echo-message'] }),
    'CAP REQ :server-time\r\nCAP REQ :echo-message\r\nNICK b7\r\nUSER bench 0 * :bench\r\nCAP END\r\n',
  );
});

test('a client enters its room when it is welcome, or later, and is served when it knows who is there', () => {
  const welcome = ':bench.test 001 b7 :Welcome';
  assert.deepEqual(ircProtocol.react(welcome, client), { answer: 'JOIN #bench2\r\n' });
  assert.deepEqual(ircProtocol.react(welcome, { ...client, joinsLater: true }), { isServed: true });
  assert.deepEqual(ircProtocol.react(':bench.test 366 b7 #bench2 :End of /NAMES list', client), { isServed: true });
});

test('a client learns of those who were there, and of those who come, with and without tags', () => {
  const met = (line: string): number => ircProtocol.react(line, client).met ?? 0;
  assert.deepEqual(
    [
      met(':bench.test 353 b7 = #bench2 :@b1 b4 b7 '),
      met(':b9!~b@host JOIN #bench2'),
      met('@time=2026-01-02T03:04:05.678Z :b9!~b@host JOIN :#bench2'),
      met(':b7!~b@host JOIN #bench2'),
      met(':b77!~b@host JOIN #bench2'),
      met(':b9!~b@host PART #bench2'),
    ],
    [3, 1, 1, 0, 1, 0],
  );
});

test('a client notes what it is granted, not what it is refused, and answers a PING', () => {
  assert.deepEqual(
    [
      ircProtocol.react(':bench.test CAP * ACK :server-time ', client),
      ircProtocol.react(':bench.test CAP * NAK :server-time', client),
      ircProtocol.react('PING :bench.test', client),
    ],
    [{ granted: 'server-time' }, {}, { answer: 'PONG :bench.test\r\n' }],
  );
});
