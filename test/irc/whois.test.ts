// WHOIS and WHOWAS: RFC 2812 section 3.6, Modern, IRCv3 bot mode.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { withVerb, party, verbs } from '../support/irc-party.ts';
import type { TestServer } from '../support/test-server.ts';

const OPERATORS = { irc: { operators: ['boss:open-sesame'], description: 'test server' } };

// Modern, "WHOIS message".
test('WHOIS tells who somebody is, where, and for how long', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth'], OPERATORS);
  await alan.all('JOIN #a,#b');
  const lines = await beth.all('WHOIS ALAN');
  assert.deepEqual(
    lines.map((line) => line.replace(/ \d+ \d{10} /, ' IDLE SIGNON ')),
    [
      ':partyline.local 311 beth alan ~alan 127.0.0.1 * :Real alan',
      ':partyline.local 319 beth alan :@#a @#b',
      ':partyline.local 312 beth alan partyline.local :test server',
      ':partyline.local 317 beth alan IDLE SIGNON :seconds idle, signon time',
      ':partyline.local 318 beth ALAN :End of /WHOIS list',
    ],
  );
});

// Modern, "WHOIS message": 301, 313, 335, 379; what is said of modes is for oneself and operators.
test('WHOIS tells what else there is to know of somebody', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth'], OPERATORS);
  await alan.all('AWAY :on a break', 'OPER boss open-sesame', 'MODE alan +B');
  assert.deepEqual(
    (await beth.all('WHOIS alan')).filter((line) => !/ (311|312|317|318) /.test(line)),
    [
      ':partyline.local 313 beth alan :is an IRC operator',
      ':partyline.local 335 beth alan :is a Bot on Partyline',
      ':partyline.local 301 beth alan :on a break',
    ],
  );
  assert.deepEqual(withVerb('379', await alan.all('WHOIS beth', 'WHOIS alan')), [
    ':partyline.local 379 alan beth :is using modes +',
    ':partyline.local 379 alan alan :is using modes +Bow',
  ]);
});

// RFC 2812 section 3.6.2: 401, 402, 431; the first of two parameters is a server, or the nick of somebody on it.
test('WHOIS may name the server; nobody and no server have their numerics', async (t) => {
  const [, { alan }] = await party(t, ['alan', 'beth']);
  for (const target of ['partyline.local', 'beth', '*.local']) {
    assert.equal(verbs(await alan.all(`WHOIS ${target} beth`))[0], '311', target);
  }
  assert.deepEqual(await alan.all('WHOIS nobody', 'WHOIS other.example beth', 'WHOIS'), [
    ':partyline.local 401 alan nobody :No such nick/channel',
    ':partyline.local 318 alan nobody :End of /WHOIS list',
    ':partyline.local 402 alan other.example :No such server',
    ':partyline.local 431 alan :No nickname given',
  ]);
});

// Modern, "Invisible User Mode": the channels of such people are told to those who share them.
test('the channels of somebody invisible are shown to those who are in them', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all('JOIN #a,#b', 'MODE alan +i');
  assert.deepEqual(withVerb('319', await beth.all('WHOIS alan')), []);
  await beth.all('JOIN #b');
  assert.deepEqual(withVerb('319', await beth.all('WHOIS alan')), [':partyline.local 319 beth alan @#b']);
  await alan.all('MODE alan -i');
  assert.deepEqual(withVerb('319', await beth.all('WHOIS alan')), [':partyline.local 319 beth alan :@#a @#b']);
});

// IRCv3 bot mode: ISUPPORT BOT, the mode, the tag "bot".
test('what a bot says is tagged', async (t) => {
  const [server, { robot }] = await party(t, ['robot']);
  const modern = await IrcClient.join(server, 'modern', 'message-tags');
  assert.deepEqual(await robot.all('MODE robot +B'), [':robot!~robot@127.0.0.1 MODE robot +B']);
  await robot.all('JOIN #a', 'PRIVMSG modern :beep');
  assert.match((await modern.raw()).join(), /^@msgid=\w+;bot :robot!\S+ PRIVMSG modern :beep$/);
});

/** Somebody who was here under a nick, and said so in their user name. */
async function visit(server: TestServer, nick: string, user: string): Promise<void> {
  const visitor = new IrcClient(await server.open());
  await visitor.all(`NICK ${nick}`, `USER ${user} 0 * :Visitor`);
  visitor.send('QUIT :bye');
  await visitor.text.end();
}

// RFC 2812 section 3.6.3: 314, 312, 369; the latest first; a count that is not positive means all.
test('WHOWAS tells of those who were here, the latest first', async (t) => {
  const [server, { alan }] = await party(t, ['alan']);
  await visit(server, 'gone', 'first');
  await visit(server, 'gone', 'second');
  const [first, second] = ['first', 'second'].map((user) => `314 alan gone ~${user} 127.0.0.1 * Visitor`);
  const whowas = async (query: string): Promise<string[]> => {
    const lines = await alan.all(`WHOWAS ${query}`);
    assert.equal(lines.at(-1), ':partyline.local 369 alan gone :End of WHOWAS');
    assert.match(lines[1] ?? '', /^:partyline\.local 312 alan gone partyline\.local :.* GMT$/);
    return withVerb('314', lines).map((line) => line.replace(':partyline.local ', ''));
  };
  for (const all of ['gone', 'gone 2', 'gone 0', 'gone -1', 'gone 9']) {
    assert.deepEqual(await whowas(all), [second, first], all);
  }
  assert.deepEqual(await whowas('gone 1'), [second]);
});

// Numeric 338 as Ergo, Hybrid and UnrealIRCd send it, and the address in WHOX, are for oneself and for operators.
test('the address of somebody is told to themselves and to operators, and to nobody else', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth'], OPERATORS);
  const actually = (whom: string): string =>
    `:partyline.local 338 alan ${whom} ~${whom}@127.0.0.1 127.0.0.1 :Actual user@host, Actual IP`;
  const whox = (whom: string, address: string): string => `:partyline.local 354 alan ${address} ${whom}`;
  assert.deepEqual(withVerb('338', await alan.all('WHOIS alan', 'WHOIS beth')), [actually('alan')]);
  assert.deepEqual(withVerb('354', await alan.all('WHO alan %ni', 'WHO beth %ni')), [
    whox('alan', '127.0.0.1'),
    whox('beth', '255.255.255.255'),
  ]);
  await alan.all('OPER boss open-sesame');
  assert.deepEqual(withVerb('338', await alan.all('WHOIS beth')), [actually('beth')]);
  assert.deepEqual(withVerb('354', await alan.all('WHO beth %ni')), [whox('beth', '127.0.0.1')]);
  assert.deepEqual(withVerb('338', await beth.all('WHOIS alan')), []);
});

// RFC 2812 section 3.6.3: several nicks, a count, a server; 402.
test('WHOWAS takes several nicks, and tells of the latest first whatever order they are asked for in', async (t) => {
  const [server, { alan }] = await party(t, ['alan']);
  await visit(server, 'early', 'one');
  await visit(server, 'late', 'two');
  for (const asked of ['early,late', 'late,early']) {
    const lines = await alan.all(`WHOWAS ${asked}`);
    assert.deepEqual(
      withVerb('314', lines).map((line) => line.split(' ')[3]),
      ['late', 'early'],
    );
    assert.equal(lines.at(-1), `:partyline.local 369 alan ${asked} :End of WHOWAS`);
  }
  assert.deepEqual(verbs(await alan.all('WHOWAS early,nobody,late 1')), ['314', '312', '406', '369']);
  assert.deepEqual(verbs(await alan.all('WHOWAS early 1 partyline.local')), ['314', '312', '369']);
  assert.deepEqual(await alan.all('WHOWAS early 1 other.example'), [
    ':partyline.local 402 alan other.example :No such server',
  ]);
  assert.ok((await alan.all('VERSION')).some((line) => line.includes(',WHOWAS:4 ')));
});

// RFC 2812 section 3.6.3: 406, 431, and 369 after all that was looked for.
test('WHOWAS of nobody has its numeric; whoever changed their nick was there too', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  assert.deepEqual(await alan.all('WHOWAS nobody', 'WHOWAS beth', 'WHOWAS'), [
    ':partyline.local 406 alan nobody :There was no such nickname',
    ':partyline.local 369 alan nobody :End of WHOWAS',
    ':partyline.local 406 alan beth :There was no such nickname',
    ':partyline.local 369 alan beth :End of WHOWAS',
    ':partyline.local 431 alan :No nickname given',
  ]);
  await beth.all('NICK carl');
  assert.deepEqual(verbs(await alan.all('WHOWAS beth')), ['314', '312', '369']);
});
