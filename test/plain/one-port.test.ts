// One port: a connection's first bytes say what it speaks.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer } from '../support/test-server.ts';

const FAST = { limits: { detection_ms: 30 }, plain: { silence_ms: 40 } };

// RFC 2812 section 3.1, IRCv3 capability negotiation: the first lines of real clients.
for (const line of [
  'CAP LS 302',
  'CAP LS',
  'CAP REQ :sasl',
  'CAP NONSENSE',
  'NICK alan',
  'NICK 1st',
  'NICK *',
  'NICK :',
  'PASS secret',
  'USER alan 0 * :Alan T',
  'USER alan localhost irc.example.org :Alan T',
  'AUTHENTICATE PLAIN',
]) {
  test(`"${line}" is IRC, in one piece and byte by byte`, async (t) => {
    const { open } = await startServer(t, FAST);
    const whole = await open();
    whole.send(`${line}\r\nPING fence\r\n`);
    await whole.until('PONG partyline.local :fence\r\n');
    const slow = await open();
    for (const byte of Buffer.from(`${line}\nPING fence\n`)) slow.send(Buffer.from([byte]));
    await slow.until('PONG partyline.local :fence\r\n');
    assert.ok(!slow.received.includes('welcome!'));
  });
}

// architecture: IRC is taken only from a first line that is a whole, valid registration command.
for (const line of [
  'USER bob logged in',
  'USER bob has logged in',
  'NICK of time',
  'PASS the salt',
  'CAP on backwards',
  'nick alan',
  'NICK',
  'GET milk on the way home',
  'GET /etc/passwd',
  'POST office closed',
  'SSH is down again',
]) {
  test(`"${line}" is something to say`, async (t) => {
    const { open, welcomed } = await startServer(t, FAST);
    const listener = await welcomed();
    const client = await open();
    client.send(`${line}\n`);
    assert.equal(await listener.line(), `<${client.label}> :${line}`);
  });
}

// Somebody who types IRC by hand, or a client that waits for a greeting: late, but a whole and valid first line.
test('an IRC client that was silent at first, and was taken for a plain one, is IRC from its first line on', async (t) => {
  const { open, welcomed } = await startServer(t, FAST);
  const listener = await welcomed();
  const client = await open();
  assert.match(await client.line(), /^welcome/);
  client.send('NICK alan\r\nUSER alan 0 * :Alan T\r\nJOIN #lobby\r\nPRIVMSG #lobby :hi');
  await client.until(' 366 alan #lobby :End of /NAMES list\r\n');
  const takenFor = `guest${client.label.split(' : ')[1]}`;
  assert.ok(!client.received.includes(takenFor), 'the guest that it was taken for is gone');
  client.send(' there\r\n');
  assert.equal(await listener.line(), '<alan> :hi there');
  client.send('PART #lobby\nQUIT\n');
  await client.end();
  const later = await open();
  assert.match(await later.line(), /^welcome/);
  later.send('good morning\nNICK alan\n');
  assert.equal(await listener.line(), `<${later.label}> :good morning`);
  assert.equal(await listener.line(), `<${later.label}> :NICK alan`, 'it is the first line that counts');
});

test('an unfinished registration command is plain once its client falls silent', async (t) => {
  const { open, welcomed } = await startServer(t, FAST);
  const listener = await welcomed();
  const client = await open();
  client.send('NICK name');
  assert.equal(await listener.line(), `<${client.label}> :NICK name`);
});

// RFC 8446 section 6: alert record, fatal, protocol_version.
test('a TLS hello is answered with a TLS alert', async (t) => {
  const { open } = await startServer(t, FAST);
  const client = await open();
  client.send(Buffer.from([0x16, 0x03, 0x01, 0x00, 0x05, 0x01, 0x00, 0x00, 0x01, 0x00]));
  await client.end();
  assert.deepEqual([...client.receivedBytes], [0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 70]);
});

// RFC 9112 section 3 and 6: a status line, fields, and a body of the stated length.
test('an HTTP request is answered with an HTTP response', async (t) => {
  const { port } = await startServer(t, FAST);
  const response = await fetch(`http://127.0.0.1:${port}/`);
  assert.equal(response.status, 501);
  assert.match(await response.text(), /Partyline/);
});

// RFC 4253 sections 4.2, 6 and 11.1: identification, then a packet that says goodbye and why.
test('an SSH client is told goodbye in SSH', async (t) => {
  const { open } = await startServer(t, FAST);
  const client = await open();
  client.send('SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n');
  await client.end();
  const [identification, packet] = [client.received.slice(0, 19), client.receivedBytes.subarray(19)];
  assert.equal(identification, 'SSH-2.0-Partyline\r\n');
  const [length, padding, message] = [packet.readUInt32BE(0), packet.readUInt8(4), packet.readUInt8(5)];
  assert.equal(length, packet.length - 4);
  assert.equal(packet.length % 8, 0);
  assert.ok(padding >= 4);
  assert.equal(message, 1);
});

test('telnet negotiation before the first line does not hide that the client is plain', async (t) => {
  const { open, welcomed } = await startServer(t, FAST);
  const listener = await welcomed();
  const client = await open();
  client.send(Buffer.from([255, 253, 3, 255, 251, 24]));
  client.send('hello\r\n');
  assert.equal(await listener.line(), `<${client.label}> :hello`);
  assert.match(client.received, /^welcome|^\ufffd/);
});

test('a listener pinned to plain takes everything as said', async (t) => {
  const { server, welcomed } = await startServer(t, FAST);
  const listener = await welcomed();
  const bound = await server.listen({ kind: 'tcp', host: '127.0.0.1', port: 0, protocols: ['plain'] });
  assert.equal(bound.kind, 'tcp');
  const { TextClient } = await import('../support/text-client.ts');
  const client = await TextClient.open(bound.kind === 'tcp' ? bound.port : 0);
  t.after(() => client.close());
  assert.match(await client.line(), /^welcome/);
  client.send('NICK alan\r\n');
  assert.equal(await listener.line(), `<${client.label}> :NICK alan`);
});

test('on a listener pinned to TLS and IRC, whoever says neither is taken for a client of IRC', async (t) => {
  const { server } = await startServer(t, FAST);
  const bound = await server.listen({ kind: 'tcp', host: '127.0.0.1', port: 0, protocols: ['tls', 'irc'] });
  assert.equal(bound.kind, 'tcp');
  const { TextClient } = await import('../support/text-client.ts');
  const client = await TextClient.open(bound.kind === 'tcp' ? bound.port : 0);
  t.after(() => client.close());
  client.send('PRIVMSG alan :hello\r\n');
  await client.until(' 451 ');
  client.send('NICK grace\r\nUSER grace 0 * :Grace\r\n');
  await client.until(' 001 grace ');
});
