// Who passes connections on: WEBIRC (IRCv3) and the PROXY protocol (haproxy.org).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { startServer } from '../support/test-server.ts';

const FAST = { detection_ms: 10 };
const WEBIRC = {
  irc: { gateways: ['127.0.0.1 gateway-secret'], operators: ['root:correct-horse'] },
  limits: { ...FAST, enabled: false },
};

async function hostOf(client: IrcClient, nick: string): Promise<string> {
  const [line = ''] = await client.all(`USERHOST ${nick}`);
  return line.slice(line.indexOf('@') + 1);
}

// IRCv3 webirc.
test('WEBIRC from a gateway with its password says where the client comes from', async (t) => {
  const server = await startServer(t, WEBIRC);
  const client = new IrcClient(await server.open());
  client.send('WEBIRC gateway-secret web host.example 10.1.2.3', 'NICK alan', 'USER alan 0 * :x');
  await client.all();
  assert.equal(await hostOf(client, 'alan'), '10.1.2.3');
  const other = new IrcClient(await server.open());
  other.send('WEBIRC gateway-secret web host.example 203.0.113.9', 'NICK beth', 'USER beth 0 * :x');
  await other.all();
  assert.match(await hostOf(other, 'beth'), /^[0-9a-f]{20}\.cloak$/, 'a public address is not shown');
  assert.deepEqual(await client.all('WEBIRC gateway-secret web host.example 10.1.2.3'), [
    ':partyline.local 462 alan :You may not reregister',
  ]);
});

test('WEBIRC with a wrong password, a wrong address, or from elsewhere ends the connection', async (t) => {
  const server = await startServer(t, WEBIRC);
  for (const line of ['WEBIRC wrong-secret web h 10.1.2.3', 'WEBIRC gateway-secret web h 10.1.2.300']) {
    const client = new IrcClient(await server.open());
    client.send(line);
    assert.equal(await client.line(), 'ERROR :Closing link: (WEBIRC is not for you)');
    await client.text.end();
  }
  const other = await startServer(t, { irc: { gateways: ['10.0.0.1 gateway-secret'] }, limits: FAST });
  const client = new IrcClient(await other.open());
  client.send('WEBIRC gateway-secret web h 10.1.2.3');
  assert.equal(await client.line(), 'ERROR :Closing link: (WEBIRC is not for you)');
});

test('a ban by address reaches through a gateway', async (t) => {
  const server = await startServer(t, WEBIRC);
  const oper = await IrcClient.join(server, 'oper');
  await oper.all('OPER root correct-horse', 'DLINE 203.0.113.0/24 :no');
  const client = new IrcClient(await server.open());
  client.send('WEBIRC gateway-secret web h 203.0.113.7');
  assert.equal(await client.line(), ':partyline.local 465 * :You are banned from this server (no)');
  await client.text.end();
});

const SIGNATURE = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1');
const V2_IPV4 = Buffer.concat([
  SIGNATURE,
  Buffer.from([0x21, 0x11, 0, 12, 10, 9, 8, 7, 127, 0, 0, 1, 0xc0, 0, 0x1f, 0x41]),
]);
const V2_LOCAL = Buffer.concat([SIGNATURE, Buffer.from([0x20, 0, 0, 0])]);

// proxy-protocol.txt sections 2.1 and 2.2.
for (const [name, header, label] of [
  ['version 1', Buffer.from('PROXY TCP4 10.9.8.7 127.0.0.1 49152 8001\r\n'), '10.9.8.7 : 49152'],
  ['version 1 with IPv6', Buffer.from('PROXY TCP6 fc00::7 ::1 49152 8001\r\n'), 'fc00::7 : 49152'],
  ['version 2', V2_IPV4, '10.9.8.7 : 49152'],
] as const) {
  test(`a proxy says where its clients come from, in ${name}, whole and byte by byte`, async (t) => {
    const server = await startServer(t, { proxies: ['127.0.0.1'], limits: FAST });
    const whole = await server.open();
    whole.send(Buffer.concat([header, Buffer.from('hello\n')]));
    assert.equal((await whole.line()).slice(0, 12 + label.length + 10).includes(label), true);
    const slow = await server.open();
    for (const byte of header) slow.send(Buffer.from([byte]));
    slow.send('NICK alan\r\nUSER alan 0 * :x\r\nPING :here\r\n');
    await slow.until('PONG partyline.local :here\r\n');
  });
}

test("a proxy's own connections are its own, and what is no header ends the connection", async (t) => {
  const server = await startServer(t, { proxies: ['127.0.0.1'], limits: FAST });
  for (const header of [V2_LOCAL, Buffer.from('PROXY UNKNOWN\r\n')]) {
    const client = await server.open();
    client.send(header);
    assert.match(await client.line(), /^welcome! you are 127\.0\.0\.1 : \d+ /);
  }
  for (const bad of ['NICK alan\r\n', 'PROXY TCP4 x y 1 2\r\n', 'PROXY TCP4 1.2.3.4 1.2.3.4 99999 1\r\n']) {
    const client = await server.open();
    client.send(bad);
    await client.end();
    assert.equal(client.received, '');
  }
});

test('where people are beside a proxy, its header is read, and who sends none comes from there', async (t) => {
  const server = await startServer(t, { optional_proxies: ['127.0.0.1'], limits: FAST });
  const proxied = await server.open();
  proxied.send('PROXY TCP4 10.9.8.7 127.0.0.1 49152 8001\r\nNICK alan\r\nUSER alan 0 * :x\r\n');
  assert.equal(await hostOf(new IrcClient(proxied), 'alan'), '10.9.8.7');
  const own = await server.open();
  own.send('NICK beth\r\nPROXY TCP4 10.9.8.7 127.0.0.1 49152 8001\r\nUSER beth 0 * :x\r\n');
  await own.until(' 451 beth :You have not registered\r\n');
  assert.equal(await hostOf(new IrcClient(own), 'beth'), '127.0.0.1');
  for (const text of ['', 'hello\n', 'PROXY']) {
    const plain = await server.open();
    plain.send(text);
    assert.match(await plain.line(), /^welcome! you are 127\.0\.0\.1 : \d+ /);
  }
});
