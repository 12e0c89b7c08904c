import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { startServer } from '../support/test-server.ts';

const OPEN = { limits: { detection_ms: 10, enabled: false } };

test('when the server closes everybody is told why, and nobody how the others go', async (t) => {
  const server = await startServer(t, OPEN);
  const alan = await IrcClient.join(server, 'alan');
  await alan.all('JOIN #lobby');
  const plain = await server.welcomed();
  plain.send('/nick beth\n');
  await plain.until('* you are now beth\n');
  await alan.heard();
  plain.send('last words\n');
  await alan.text.until(':last words\r\n');
  const closed = server.server.close('back soon', 2000);
  await Promise.all([alan.text.end(), plain.end()]);
  for (const { socket } of [alan.text, plain]) socket.end();
  await closed;
  assert.equal(alan.text.rest, 'ERROR :Closing link: (back soon)\r\n');
  assert.equal(plain.rest, '* back soon\n');
});
