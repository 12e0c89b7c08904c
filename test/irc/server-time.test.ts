// IRCv3 server-time.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { party } from '../support/irc-party.ts';

const TIMED = /^@time=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z[; ]/;

// "Servers MUST NOT do so before acknowledging the capability using CAP ACK."
test('once it is acknowledged every message has one time, numerics, names and PONG too; before it none has', async (t) => {
  const [server, { alan }] = await party(t, ['alan']);
  await alan.all('JOIN #den');
  const beth = new IrcClient(await server.open());
  const first = await beth.raw('NICK beth', 'CAP LS 302', 'CAP REQ :server-time');
  assert.deepEqual(
    first.filter((line) => line.startsWith('@')),
    [],
  );
  const lines = await beth.raw('USER b 0 * :B', 'CAP END', 'JOIN #den', 'WHO #den', 'LIST', 'PING x', 'NONSENSE');
  assert.ok(lines.length > 25);
  assert.deepEqual(
    lines.filter((line) => !TIMED.test(line) || line.split('time=').length !== 2),
    [],
  );
  const after = await beth.raw('CAP REQ :-server-time', 'PING x');
  assert.match(after.at(-1) ?? '', /^:partyline\.local PONG /);
});
