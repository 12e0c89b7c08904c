// Modern, "Connection Registration"; IRCv3 capability negotiation 3.2.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { commands } from '../../src/dialects/irc/command-table.ts';
import { IrcClient } from '../support/irc-client.ts';
import { withoutOffer } from '../support/irc-party.ts';
import { startServer } from '../support/test-server.ts';

const OPEN = { limits: { detection_ms: 10, enabled: false } };

test('the table of commands holds just the files of the folder, each with its verb', () => {
  const files = readdirSync(new URL('../../src/dialects/irc/commands/', import.meta.url));
  assert.deepEqual(
    [...commands.keys()].toSorted((a, b) => (a < b ? -1 : 1)),
    files.map((file) => file.replace(/\.ts$/, '').toUpperCase()).toSorted((a, b) => (a < b ? -1 : 1)),
  );
});

// RFC 2812 section 5.1: 001 to 004; Modern: then 005, LUSERS and MOTD.
test('NICK and USER in either order complete the registration', async (t) => {
  const server = await startServer(t, OPEN);
  for (const lines of [
    ['NICK alan', 'USER al 0 * :Alan T'],
    ['USER al 0 * :Alan T', 'NICK alan'],
  ]) {
    const client = new IrcClient(await server.open());
    const replies = await client.all(...lines);
    const numerics = replies.map((line) => line.split(' ')[1]);
    assert.deepEqual(numerics.slice(0, 4), ['001', '002', '003', '004']);
    assert.equal(replies[0], ':partyline.local 001 alan :Welcome to the Partyline Network, alan!~al@127.0.0.1');
    // Modern, "Connection Registration": 005, LUSERS, the user's modes, the message of the day.
    const order = ['005', '251', '255', '221', '422'].map((numeric) => numerics.indexOf(numeric));
    assert.deepEqual(
      order,
      order.toSorted((a, b) => a - b),
    );
    assert.ok(!order.includes(-1));
    client.send('QUIT');
    await client.text.end();
  }
});

// IRCv3: "the server MUST NOT complete registration before CAP END".
test('registration waits for CAP END, and Goguma may pipeline all of it', async (t) => {
  const server = await startServer(t, OPEN);
  const client = new IrcClient(await server.open());
  assert.deepEqual(withoutOffer(await client.all('CAP LS 302', 'NICK alan', 'USER a 0 * :A')), []);
  assert.match((await client.all('CAP END'))[0] ?? '', / 001 alan /);
  const goguma = new IrcClient(await server.open());
  const lines = ['CAP LS 302', 'NICK beth', 'USER b 0 * :B', 'CAP REQ :server-time', 'CAP REQ :batch', 'CAP END'];
  const replies = await goguma.all(...lines);
  assert.deepEqual(
    withoutOffer(replies)
      .slice(0, 3)
      .map((line) => line.split(' ').slice(1, 5).join(' ')),
    ['CAP beth ACK :server-time', 'CAP beth ACK :batch', '001 beth :Welcome to'],
  );
});

test('a request with one unknown name is refused whole; a known one can be taken back', async (t) => {
  const server = await startServer(t, OPEN);
  const client = await IrcClient.join(server, 'alan', 'server-time');
  assert.deepEqual(
    await client.all('CAP REQ :batch nonsense', 'CAP LIST', 'CAP REQ :-server-time', 'CAP LIST', 'CAP FOO'),
    [
      ':partyline.local CAP alan NAK :batch nonsense',
      ':partyline.local CAP alan LIST :server-time',
      ':partyline.local CAP alan ACK :-server-time',
      ':partyline.local CAP alan LIST :',
      ':partyline.local 410 alan FOO :Invalid CAP subcommand',
    ],
  );
});

// RFC 2812 section 3.1.2: 431, 432, 433.
test('nicks that are missing, wrong or taken are refused', async (t) => {
  const server = await startServer(t, OPEN);
  await IrcClient.join(server, 'alan');
  const client = new IrcClient(await server.open());
  assert.deepEqual(await client.all('NICK ALAN', 'NICK', 'NICK :', 'NICK -st', 'NICK a!b', 'NICK guest12345'), [
    ':partyline.local 433 * ALAN :Nickname is already in use',
    ':partyline.local 431 * :No nickname given',
    ':partyline.local 431 * :No nickname given',
    ':partyline.local 432 * -st :Erroneous nickname',
    ':partyline.local 432 * a!b :Erroneous nickname',
    ':partyline.local 432 * guest12345 :Erroneous nickname',
  ]);
  assert.match((await client.all('NICK beth', 'USER b 0 * :B'))[0] ?? '', / 001 beth /);
});

// Modern, "Clients": of what a nick may not begin with, a digit is none.
test('a nick may begin with a digit', async (t) => {
  const server = await startServer(t, OPEN);
  const first = await IrcClient.join(server, '1st');
  const alan = await IrcClient.join(server, 'alan');
  await alan.all('PRIVMSG 1st :hello');
  assert.deepEqual(await first.all(), [':alan!~alan@127.0.0.1 PRIVMSG 1st :hello']);
});

// UTS 39, "Confusable Detection": people could not tell the two apart.
test('a nick that looks like one that is taken is taken, whatever its script; its owner may have it', async (t) => {
  const server = await startServer(t, OPEN);
  const evan = await IrcClient.join(server, 'Evan');
  const client = new IrcClient(await server.open());
  const lookAlikes = ['\u0435van', '\u0415VAN', 'ev\u03b1n', '\uff45van'];
  assert.deepEqual(
    await client.all(...lookAlikes.map((nick) => `NICK ${nick}`)),
    lookAlikes.map((nick) => `:partyline.local 433 * ${nick} :Nickname is already in use`),
  );
  assert.deepEqual(await client.all('NICK \u0436an', 'NICK gu\u0435st12345'), [
    ':partyline.local 432 * \u0436an :Erroneous nickname',
    ':partyline.local 432 * gu\u0435st12345 :Erroneous nickname',
  ]);
  assert.deepEqual(await evan.all('NICK \u0435van'), [':Evan!~Evan@127.0.0.1 NICK \u0435van']);
  assert.match((await client.all('NICK evan', 'USER a 0 * :A')).join('|'), /^:partyline\.local 433 \* evan /);
  assert.deepEqual(await evan.all('NICK \u0436\u0443\u043a'), [':\u0435van!~Evan@127.0.0.1 NICK \u0436\u0443\u043a']);
  assert.match((await client.all('NICK evan'))[0] ?? '', / 001 evan /);
});

test('commands too soon, too late, too short and unknown get their numerics', async (t) => {
  const server = await startServer(t, OPEN);
  const client = new IrcClient(await server.open());
  assert.deepEqual(await client.all('NICK alan', 'JOIN #a', 'FOO', 'USER a'), [
    ':partyline.local 451 alan :You have not registered',
    ':partyline.local 451 alan :You have not registered',
    ':partyline.local 461 alan USER :Not enough parameters',
  ]);
  // Modern, "USER message": ERR_NEEDMOREPARAMS, also for one that is there but empty.
  assert.deepEqual(await client.all('USER a 0 * :', 'USER'), [
    ':partyline.local 461 alan USER :Not enough parameters',
    ':partyline.local 461 alan USER :Not enough parameters',
  ]);
  await client.all('USER a 0 * :A');
  assert.deepEqual(await client.all('FOO', 'USER a 0 * :A', 'PASS x', 'JOIN', 'foo bar'), [
    ':partyline.local 421 alan FOO :Unknown command',
    ':partyline.local 462 alan :You may not reregister',
    ':partyline.local 462 alan :You may not reregister',
    ':partyline.local 461 alan JOIN :Not enough parameters',
    ':partyline.local 421 alan FOO :Unknown command',
  ]);
});

test('a server password must be right', async (t) => {
  const server = await startServer(t, { ...OPEN, irc: { password: 'open sesame' } });
  const wrong = new IrcClient(await server.open());
  wrong.send('PASS nonsense', 'NICK alan', 'USER a 0 * :A');
  assert.equal(await wrong.line(), ':partyline.local 464 alan :Password incorrect');
  await wrong.text.end();
  const right = new IrcClient(await server.open());
  assert.match((await right.all('PASS :open sesame', 'NICK alan', 'USER a 0 * :A'))[0] ?? '', / 001 alan /);
});

// RFC 2812 section 3.7.2; irc.md: ping / drop.
test('a silent client is asked for a sign of life, and dropped without one; so is one that never registers', async (t) => {
  const server = await startServer(t, { ...OPEN, irc: { ping_ms: 100, timeout_ms: 250, registration_ms: 1000 } });
  const client = await IrcClient.join(server, 'alan');
  assert.equal(await client.line(), 'PING :partyline.local');
  client.send('PONG :partyline.local');
  assert.equal(await client.line(), 'PING :partyline.local');
  await client.text.until('Ping timeout');
  await client.text.end();
});

// Modern, "ERR_INPUTTOOLONG"; IRCv3 message-tags: 417.
test('lines over the limit are refused, not cut, and so are bytes that are not UTF-8', async (t) => {
  const server = await startServer(t, OPEN);
  const client = await IrcClient.join(server, 'alan');
  const longest = `PRIVMSG alan :${'x'.repeat(510 - 14)}`;
  assert.equal((await client.all(`${longest}x`))[0], ':partyline.local 417 alan :Input line was too long');
  assert.equal(
    (await client.all(`@${'a'.repeat(4096)} PING x`))[0],
    ':partyline.local 417 alan :Input line was too long',
  );
  client.text.send(Buffer.from([...Buffer.from('PRIVMSG alan :'), 0xff, 0x0d, 0x0a]));
  assert.equal(
    await client.line(),
    ':partyline.local FAIL PRIVMSG INVALID_UTF8 :Message rejected: your software must send UTF-8 on this server',
  );
});
