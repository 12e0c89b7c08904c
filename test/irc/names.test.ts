// NAMES: RFC 2812 section 3.2.5, Modern, IRCv3 multi-prefix and userhost-in-names.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { withVerb, party } from '../support/irc-party.ts';

const END = 'End of /NAMES list';

// RFC 2812 section 5.1, RPL_NAMREPLY: "=" for public, "@" for secret, "*" for private channels.
test('names have a sign for the kind of channel', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all('JOIN #a');
  await beth.all('JOIN #a');
  await alan.heard();
  for (const [modes, symbol] of [
    ['', '='],
    ['+s', '@'],
    ['-s+p', '*'],
  ] as const) {
    if (modes !== '') await alan.all(`MODE #a ${modes}`);
    assert.deepEqual(await alan.all('NAMES #a'), [
      `:partyline.local 353 alan ${symbol} #a :@alan beth`,
      `:partyline.local 366 alan #a :${END}`,
    ]);
  }
});

// Modern, "NAMES message": several targets up to TARGMAX; the end names what was asked for.
test('names of several channels have one end', async (t) => {
  const [, { alan }] = await party(t, ['alan']);
  await alan.all('JOIN #a,#b');
  assert.deepEqual(await alan.all('NAMES #a,#none,#b'), [
    ':partyline.local 353 alan = #a :@alan',
    ':partyline.local 353 alan = #b :@alan',
    `:partyline.local 366 alan #a,#none,#b :${END}`,
  ]);
});

// Modern, "NAMES message": a bad name, or one of no channel, is answered with 366 alone.
test('a channel that is none has no names, just their end', async (t) => {
  const [, { alan }] = await party(t, ['alan']);
  assert.deepEqual(await alan.all('NAMES none', 'NAMES #None', 'NAMES :#a b'), [
    `:partyline.local 366 alan none :${END}`,
    `:partyline.local 366 alan #None :${END}`,
    `:partyline.local 366 alan * :${END}`,
  ]);
});

// RFC 2812 section 3.2.5: without a channel, all that one may know of.
test('NAMES alone lists every channel that is not hidden', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all('JOIN #a');
  await beth.all('JOIN #b,#secret,#private', 'MODE #secret +s', 'MODE #private +p');
  assert.deepEqual(await alan.all('NAMES'), [
    ':partyline.local 353 alan = #a :@alan',
    ':partyline.local 353 alan = #b :@beth',
    `:partyline.local 366 alan * :${END}`,
  ]);
});

// Modern, "Invisible User Mode": not shown to those who share no channel.
test('outsiders are not told the names of those who are invisible', async (t) => {
  const [, { alan, beth, carl }] = await party(t, ['alan', 'beth', 'carl']);
  await alan.all('JOIN #a', 'MODE alan +i');
  await beth.all('JOIN #a');
  assert.deepEqual(withVerb('353', await carl.all('NAMES #a')), [':partyline.local 353 carl = #a :beth']);
  assert.deepEqual(withVerb('353', await beth.all('NAMES #a')), [':partyline.local 353 beth = #a :@alan beth']);
});

// IRCv3 multi-prefix: all prefixes, the highest first, in NAMES, WHO and WHOIS. IRCv3 userhost-in-names.
test('multi-prefix and userhost-in-names show more to whoever asks', async (t) => {
  const [server, { old }] = await party(t, ['old']);
  const many = await IrcClient.join(server, 'many', 'multi-prefix');
  const hosts = await IrcClient.join(server, 'hosts', 'userhost-in-names');
  await many.all('JOIN #a', 'MODE #a +vh many many');
  assert.deepEqual(withVerb('353', await many.all('NAMES #a')), [':partyline.local 353 many = #a :@%+many']);
  assert.match((await many.all('WHO #a'))[0] ?? '', / many H@%\+ :0 Real many$/);
  assert.ok((await many.all('WHOIS many')).includes(':partyline.local 319 many many @%+#a'));
  assert.deepEqual(withVerb('353', await hosts.all('NAMES #a')), [
    ':partyline.local 353 hosts = #a :@many!~many@127.0.0.1',
  ]);
  assert.deepEqual(withVerb('353', await old.all('NAMES #a')), [':partyline.local 353 old = #a :@many']);
});

// RFC 2812 section 2.3: no message is longer than 512 bytes.
test('the names of many people take as many lines as they need', async (t) => {
  const nicks = Array.from({ length: 40 }, (_, index) => `somebody-with-a-long-nick-${index}`);
  const [, clients] = await party(t, nicks);
  for (const nick of nicks) await clients[nick]!.all('JOIN #a');
  const lines = await clients[nicks[0]!]!.all('NAMES #a');
  const names = withVerb('353', lines);
  assert.ok(names.length > 1 && names.every((line) => Buffer.byteLength(line) <= 510));
  assert.deepEqual(
    names.flatMap((line) => (line.split(' :')[1] ?? '').split(' ')).toSorted(),
    [`@${nicks[0]}`, ...nicks.slice(1)].toSorted(),
  );
  assert.equal(withVerb('366', lines).length, 1);
});
