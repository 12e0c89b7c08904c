// IRCv3 message-tags, message-ids, server-time, bot-mode: what tags go to whom.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { party } from '../support/irc-party.ts';

// "Client-only tags MUST be relayed on PRIVMSG and NOTICE"; "Tags without the client-only prefix MUST be removed".
test('any client tag is passed on as it is, to those who asked for tags', async (t) => {
  const [server, { carl }] = await party(t, ['carl']);
  const alan = await IrcClient.join(server, 'alan', 'message-tags echo-message');
  const beth = await IrcClient.join(server, 'beth', 'message-tags');
  const dora = await IrcClient.join(server, 'dora', 'server-time');
  for (const client of [alan, beth, carl, dora]) await client.all('JOIN #a');
  for (const client of [alan, beth, carl, dora]) await client.heard();
  const [echo = ''] = await alan.raw(String.raw`@+a=b;mine=1;+example.com/x=raw+:=,\:\s\\;+empty PRIVMSG #a :hi`);
  assert.match(echo, /^@msgid=[0-9a-z]+;/);
  assert.equal(
    echo.slice(echo.indexOf(';') + 1),
    String.raw`+a=b;+example.com/x=raw+:=,\:\s\\;+empty :alan!~alan@127.0.0.1 PRIVMSG #a :hi`,
  );
  assert.deepEqual(await beth.raw(), [echo], 'the echo is what others get');
  assert.deepEqual(await carl.raw(), [':alan!~alan@127.0.0.1 PRIVMSG #a :hi']);
  assert.match((await dora.raw()).join('|'), /^@time=\S+Z :alan!~alan@127\.0\.0\.1 PRIVMSG #a :hi$/);
  const [signal = ''] = await alan.raw('@+a=b;mine=1 TAGMSG #a');
  assert.match(signal, /^@msgid=[0-9a-z]+;\+a=b :alan!~alan@127\.0\.0\.1 TAGMSG #a$/);
  assert.deepEqual(await beth.raw(), [signal]);
  assert.deepEqual([await carl.raw(), await dora.raw()], [[], []], 'TAGMSG is for those with message-tags');
});

// ISUPPORT CLIENTTAGDENY.
test('an operator may keep client tags from being passed on, and clients are told', async (t) => {
  const [server] = await party(t, [], { irc: { denied_client_tags: ['*', '-typing'] } });
  const alan = await IrcClient.join(server, 'alan', 'message-tags echo-message');
  assert.match((await alan.all('VERSION')).join(' '), / CLIENTTAGDENY=\*,-typing /);
  assert.match(
    (await alan.raw('@+x=1;+typing=done PRIVMSG #none,alan :x')).at(-1) ?? '',
    /^@msgid=\w+;\+typing=done :/,
  );
  assert.deepEqual(await alan.raw('@+x=1 TAGMSG alan'), []);
});

// "Clients MUST NOT send messages with tag data exceeding 4094 bytes"; "Servers MUST NOT truncate tags".
test('4094 bytes of tags are passed on whole beside a message of the limit, one more is 417', async (t) => {
  const [server] = await party(t, []);
  const alan = await IrcClient.join(server, 'alan', 'message-tags server-time echo-message');
  const beth = await IrcClient.join(server, 'beth', 'message-tags server-time');
  const value = 'v'.repeat(4094 - '+x='.length);
  const text = 'x'.repeat(510 - ':alan!~alan@127.0.0.1 PRIVMSG beth :'.length);
  const [echo = ''] = await alan.raw(`@+x=${value} PRIVMSG beth :${text}`);
  assert.ok(echo.includes(`;+x=${value} :alan!~alan@127.0.0.1 PRIVMSG beth :${text}`));
  assert.deepEqual(await beth.raw(), [echo]);
  assert.deepEqual(await alan.all(`@+x=${value}v PRIVMSG beth :x`, `@+x=${value}v TAGMSG beth`), [
    ':partyline.local 417 alan :Input line was too long',
    ':partyline.local 417 alan :Input line was too long',
  ]);
  assert.deepEqual(await beth.raw(), []);
});

// IRCv3 bot-mode: 335, the flag in WHO, and the tag "MUST only be sent to users who have requested message-tags".
test('a bot is known by its WHOIS, by its flag and by its tag', async (t) => {
  const [server, { bot, old }] = await party(t, ['bot', 'old']);
  const alan = await IrcClient.join(server, 'alan', 'message-tags');
  assert.deepEqual(await bot.all('MODE bot +B'), [':bot!~bot@127.0.0.1 MODE bot +B']);
  await bot.all('JOIN #a', 'PRIVMSG alan,old :beep');
  assert.match((await alan.raw()).join('|'), /^@msgid=\w+;bot :bot!/);
  assert.deepEqual(await old.raw(), [':bot!~bot@127.0.0.1 PRIVMSG old :beep']);
  assert.ok((await alan.all('WHOIS bot')).some((line) => line.startsWith(':partyline.local 335 alan bot :')));
  assert.match((await alan.all('WHO #a'))[0] ?? '', / 352 alan #a ~bot 127\.0\.0\.1 partyline\.local bot H\S*B\S* :/);
});

// IRCv3 account-tag, server-time: on commands sent on behalf of a user, also where only one is told.
test('an invitation has the tags of a message', async (t) => {
  const [server, { alan }] = await party(t, ['alan']);
  const beth = await IrcClient.join(server, 'beth', 'server-time message-tags');
  await alan.all('JOIN #a', 'INVITE beth #a');
  assert.match((await beth.raw()).join('|'), /^@time=\S+;msgid=\w+ :alan!~alan@127\.0\.0\.1 INVITE beth #a$/);
});
