// TLS on the shared port: recognised by its first bytes, and what is inside recognised again.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { X509Certificate } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { connect } from 'node:tls';
import { addFingerprint } from '../../src/domain/actions/add-fingerprint.ts';
import { parseFingerprint } from '../../src/domain/fingerprint.ts';
import { nickKey } from '../../src/domain/nick.ts';
import { IrcClient } from '../support/irc-client.ts';
import { withVerb, verbs } from '../support/irc-party.ts';
import { encoded, makeAccount } from '../support/log-in.ts';
import { missing } from '../support/programs.ts';
import type { KeyPair } from '../../src/transports/tls.ts';
import { selfSigned } from '../support/self-signed.ts';
import { startServer } from '../support/test-server.ts';
import { TextClient } from '../support/text-client.ts';

const OPEN = { limits: { detection_ms: 10, enabled: false } };

async function openTls(t: TestContext, port: number, own?: KeyPair): Promise<TextClient> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...own });
  t.after(() => socket.destroy());
  await once(socket, 'secureConnect');
  return new TextClient(socket);
}

test('IRC and plain people over TLS are in the same rooms as everybody', { skip: missing('openssl') }, async (t) => {
  const server = await startServer(t, OPEN, selfSigned(t));
  const alan = new IrcClient(await openTls(t, server.port));
  await alan.all('NICK alan', 'USER a 0 * :A', 'JOIN #lobby');
  assert.ok((await alan.all('WHOIS alan')).includes(':partyline.local 671 alan alan :is using a secure connection'));
  const plain = await openTls(t, server.port);
  assert.match(await plain.line(), /^welcome! .* in #lobby with 1 other\./);
  const open = await server.welcomed();
  plain.send('hello\n');
  assert.match(await open.line(), /> :hello$/);
  assert.match((await alan.heard()).at(-1) ?? '', /^:guest\d+!guest@127\.0\.0\.1 PRIVMSG #lobby :hello$/);
});

test('+z keeps those out who are not on TLS', { skip: missing('openssl') }, async (t) => {
  const server = await startServer(t, OPEN, selfSigned(t));
  const alan = new IrcClient(await openTls(t, server.port));
  await alan.all('NICK alan', 'USER a 0 * :A', 'JOIN #a', 'MODE #a +z');
  const beth = await IrcClient.join(server, 'beth');
  assert.match((await beth.all('JOIN #a'))[0] ?? '', /^:partyline\.local 489 beth #a /);
});

// Modern, "RPL_WHOISCERTFP (276)": SHOULD be sent to the client itself and to operators only.
test(
  'who shows a certificate sees its fingerprint in WHOIS, and so do operators',
  { skip: missing('openssl') },
  async (t) => {
    const server = await startServer(t, { ...OPEN, irc: { operators: ['root:correct-horse'] } }, selfSigned(t));
    const own = selfSigned(t);
    const fingerprint = new X509Certificate(own.cert).fingerprint256.replaceAll(':', '').toLowerCase();
    const alan = new IrcClient(await openTls(t, server.port, own));
    await alan.all('NICK alan', 'USER a 0 * :A');
    const shown = `alan :has client certificate fingerprint ${fingerprint}`;
    assert.deepEqual(withVerb('276', await alan.all('WHOIS alan')), [`:partyline.local 276 alan ${shown}`]);
    const beth = new IrcClient(await openTls(t, server.port));
    await beth.all('NICK beth', 'USER b 0 * :B');
    assert.deepEqual(withVerb('276', await beth.all('WHOIS alan', 'WHOIS beth')), []);
    assert.deepEqual(withVerb('276', await beth.all('OPER root correct-horse', 'WHOIS alan')), [
      `:partyline.local 276 beth ${shown}`,
    ]);
  },
);

// IRCv3 sasl-3.1, RFC 4422 appendix A.
test(
  'EXTERNAL logs in with a certificate that the account is entered with, and with no other',
  { skip: missing('openssl') },
  async (t) => {
    const server = await startServer(t, OPEN, selfSigned(t));
    await makeAccount(server, 'jilles');
    const own = selfSigned(t);
    const fingerprint = parseFingerprint(new X509Certificate(own.cert).fingerprint256);
    assert.ok(fingerprint.ok);
    const input = { account: nickKey('jilles'), fingerprint: fingerprint.value };
    assert.ok((await server.server.office.act(addFingerprint, input)).ok);
    for (const [text, numerics] of [
      ['+', ['900', '903']],
      [encoded('jilles'), ['900', '903']],
      [encoded('other'), ['904']],
    ] as const) {
      const client = new IrcClient(await openTls(t, server.port, own));
      const answers = await client.all('CAP LS', 'AUTHENTICATE EXTERNAL', `AUTHENTICATE ${text}`);
      assert.deepEqual(verbs(answers.slice(2)), numerics, text);
    }
    const unknown = ':partyline.local 904 * :SASL authentication failed: ';
    for (const certificate of [undefined, selfSigned(t)]) {
      const client = new IrcClient(await openTls(t, server.port, certificate));
      const answers = await client.all('CAP LS', 'AUTHENTICATE EXTERNAL', 'AUTHENTICATE +');
      assert.equal(answers[2], `${unknown}You have shown no certificate that an account is entered with`);
    }
  },
);

test('a new certificate is used by new connections, and the old ones stay', { skip: missing('openssl') }, async (t) => {
  const server = await startServer(t, OPEN, selfSigned(t));
  const fingerprint = async (): Promise<string> => {
    const socket = connect({ port: server.port, host: '127.0.0.1', rejectUnauthorized: false });
    t.after(() => socket.destroy());
    await once(socket, 'secureConnect');
    return socket.getPeerCertificate().fingerprint256;
  };
  const old = new IrcClient(await openTls(t, server.port));
  await old.all('NICK alan', 'USER a 0 * :A');
  const before = await fingerprint();
  server.server.replaceCertificate(selfSigned(t));
  assert.notEqual(await fingerprint(), before);
  assert.throws(() => server.server.replaceCertificate({ cert: 'nonsense', key: 'nonsense' }));
  assert.deepEqual(await old.all(), []);
});

test(
  'half a handshake, and bytes that only look like one, leave nothing behind',
  { skip: missing('openssl') },
  async (t) => {
    const server = await startServer(t, OPEN, selfSigned(t));
    for (const bytes of [
      [0x16, 0x03, 0x01, 0x00, 0x05, 0x01, 0, 0, 1, 0],
      [0x16, 0x03, 0x01, 0xff, 0xff, 0x01],
    ]) {
      const client = await server.open();
      client.send(Buffer.from(bytes));
      client.socket.end();
    }
    const plain = await server.welcomed();
    assert.match(plain.received, /^welcome/);
  },
);
