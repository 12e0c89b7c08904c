import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { openDevice } from '../support/irc-device.ts';
import { withVerb } from '../support/irc-party.ts';
import { makeAccount } from '../support/log-in.ts';
import { startServerProcess } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ARGS = ['--port', '0', '--no-limits', '--log-format', 'json'];

test('whoever stays on is there after the server was killed, and is told what was said before and after', async (t) => {
  const cwd = temporaryFolder(t);
  const first = await startServerProcess(t, ARGS, cwd);
  await makeAccount(first, 'alan');
  const { client: alan } = await openDevice(first, 'alan@desk');
  await alan.all(
    'PERSISTENCE SET ON',
    'JOIN #a',
    'MODE #a +n',
    'TOPIC #a :ours',
    'MARKREAD #a timestamp=2026-01-01T00:00:00.000Z',
  );
  const { client: phone } = await openDevice(first, 'alan@phone');
  phone.send('QUIT');
  await phone.text.end();
  const beth = await IrcClient.join(first, 'beth');
  await beth.all('JOIN #a', 'PRIVMSG #a :one', 'PRIVMSG alan :two');
  await first.stop('SIGKILL');

  const second = await startServerProcess(t, ARGS, cwd);
  const carl = await IrcClient.join(second, 'carl');
  const entered = await carl.all('JOIN #a');
  assert.deepEqual(withVerb('353', entered), [':partyline.local 353 carl = #a :@alan carl']);
  assert.deepEqual(withVerb('332', entered), [':partyline.local 332 carl #a ours']);
  assert.deepEqual(withVerb('301', await carl.all('PRIVMSG alan :three')), [
    ':partyline.local 301 carl alan :Not here at the moment',
  ]);
  await carl.all('PRIVMSG #a :four');
  const capabilities = 'server-time draft/read-marker';
  const { greeting } = await openDevice(second, 'alan@phone', { capabilities });
  assert.deepEqual(withVerb('JOIN', greeting), [':alan!~alan@127.0.0.1 JOIN #a']);
  assert.deepEqual(withVerb('MARKREAD', greeting), [':partyline.local MARKREAD #a timestamp=2026-01-01T00:00:00.000Z']);
  assert.deepEqual(withVerb('PRIVMSG', greeting), [
    ':beth!~beth@127.0.0.1 PRIVMSG #a :one',
    ':carl!~carl@127.0.0.1 PRIVMSG #a :four',
    ':beth!~beth@127.0.0.1 PRIVMSG alan :two',
    ':carl!~carl@127.0.0.1 PRIVMSG alan :three',
  ]);
});
