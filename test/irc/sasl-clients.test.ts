// Logging in with the programs that people have. irssi speaks SCRAM from version 1.4.5 on; Debian's does not.
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { addFingerprint } from '../../src/domain/actions/add-fingerprint.ts';
import { parseFingerprint } from '../../src/domain/fingerprint.ts';
import { nickKey } from '../../src/domain/nick.ts';
import type { KeyPair } from '../../src/transports/tls.ts';
import { IrcBot } from '../support/irc-bot.ts';
import { startIrssi } from '../support/irssi.ts';
import { makeAccount, PASSWORD } from '../support/log-in.ts';
import { missing } from '../support/programs.ts';
import { selfSigned } from '../support/self-signed.ts';
import { startServer, type TestServer } from '../support/test-server.ts';
import { startWeechat } from '../support/weechat.ts';

const UNLIMITED = { limits: { enabled: false } };

/** What somebody who is here is logged in to. */
function accountOf({ server }: TestServer, nick: string): string | undefined {
  return server.office.chat.find(nick)?.account?.name;
}

/** A server with TLS and an account that is entered with a certificate. */
async function serverFor(t: TestContext, account: string): Promise<[TestServer, KeyPair]> {
  const server = await startServer(t, UNLIMITED, selfSigned(t));
  await makeAccount(server, account);
  const certificate = selfSigned(t);
  const fingerprint = parseFingerprint(new X509Certificate(certificate.cert).fingerprint256);
  assert.ok(fingerprint.ok);
  await server.server.office.act(addFingerprint, { account: nickKey(account), fingerprint: fingerprint.value });
  return [server, certificate];
}

test('irssi logs in with PLAIN', { skip: missing('irssi', 'tmux') }, async (t) => {
  const server = await startServer(t, UNLIMITED);
  await makeAccount(server, 'ira');
  const irssi = startIrssi(t, server.port, 'ira', { mechanism: 'PLAIN', password: PASSWORD });
  await irssi.shows('SASL authentication succeeded');
  await irssi.shows('Mode change [+i] for user ira');
  assert.equal(accountOf(server, 'ira'), 'ira');
});

test('irssi logs in with EXTERNAL', { skip: missing('irssi', 'tmux', 'openssl') }, async (t) => {
  const [server, certificate] = await serverFor(t, 'ira');
  const irssi = startIrssi(t, server.port, 'ira', { mechanism: 'EXTERNAL', certificate });
  await irssi.shows('SASL authentication succeeded');
  await irssi.shows('Mode change [+i] for user ira');
  assert.equal(accountOf(server, 'ira'), 'ira');
});

for (const mechanism of ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const) {
  test(`WeeChat logs in with ${mechanism}`, { skip: missing('weechat', 'tmux') }, async (t) => {
    const server = await startServer(t, UNLIMITED);
    await makeAccount(server, 'wendy');
    const weechat = startWeechat(t, server.port, 'wendy', { mechanism, password: PASSWORD });
    await weechat.shows('You are now logged in as wendy');
    await weechat.shows('User mode for wendy is [+r]');
    assert.equal(accountOf(server, 'wendy'), 'wendy');
  });
}

test('WeeChat logs in with EXTERNAL', { skip: missing('weechat', 'tmux', 'openssl') }, async (t) => {
  const [server, certificate] = await serverFor(t, 'wendy');
  const weechat = startWeechat(t, server.port, 'wendy', { mechanism: 'EXTERNAL', certificate });
  await weechat.shows('You are now logged in as wendy');
  await weechat.shows('User mode for wendy is [+r]');
  assert.equal(accountOf(server, 'wendy'), 'wendy');
});

test(
  'irssi with a wrong password is told so, and comes in no further',
  { skip: missing('irssi', 'tmux') },
  async (t) => {
    const server = await startServer(t, UNLIMITED);
    await makeAccount(server, 'ira');
    const irssi = startIrssi(t, server.port, 'ira', { mechanism: 'PLAIN', password: 'wrong horse' });
    await irssi.shows('(SASL authentication failed: There is no such account, or it has another password)');
    assert.equal(accountOf(server, 'ira'), undefined);
  },
);

for (const mechanism of ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const) {
  const name = `WeeChat with a wrong password for ${mechanism} is told so, and comes in no further`;
  test(name, { skip: missing('weechat', 'tmux') }, async (t) => {
    const server = await startServer(t, UNLIMITED);
    await makeAccount(server, 'wendy');
    const weechat = startWeechat(t, server.port, 'wendy', { mechanism, password: 'wrong horse' });
    await weechat.shows('There is no such account, or it has another password');
    assert.equal(accountOf(server, 'wendy'), undefined);
  });
}

test('a bot logs in with its password, and is told of a wrong one', async (t) => {
  const server = await startServer(t, UNLIMITED);
  await makeAccount(server, 'robby');
  const bot = new IrcBot(t, server.port, 'robby', { account: { account: 'robby', password: PASSWORD } });
  await bot.next('loggedin', { account: 'robby' });
  await bot.next('registered', { nick: 'robby' });
  const other = new IrcBot(t, server.port, 'gort', { account: { account: 'robby', password: 'wrong horse' } });
  await other.next('sasl failed', { reason: 'fail' });
});

test('a bot logs in with its certificate', { skip: missing('openssl') }, async (t) => {
  const [server, certificate] = await serverFor(t, 'robby');
  const bot = new IrcBot(t, server.port, 'robby', { tls: true, certificate });
  await bot.next('loggedin', { account: 'robby' });
  await bot.next('registered', { nick: 'robby' });
});
