// AWAY: RFC 2812 section 4.1, Modern, IRCv3 away-notify.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { withVerb, party } from '../support/irc-party.ts';

// Modern, "AWAY message": 305, 306; an empty text is none.
test('going away and coming back is confirmed', async (t) => {
  const [, { alan }] = await party(t, ['alan']);
  const [gone, back] = [
    ':partyline.local 306 alan :You have been marked as being away',
    ':partyline.local 305 alan :You are no longer marked as being away',
  ];
  assert.deepEqual(await alan.all('AWAY :gone', 'AWAY', 'AWAY :gone', 'AWAY :', 'AWAY'), [
    gone,
    back,
    gone,
    back,
    back,
  ]);
});

// Modern, "RPL_AWAY".
test('whoever writes to somebody away, or asks about them, is told why', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all('JOIN #a', "AWAY :I'm not here");
  await beth.all('JOIN #a');
  const away = ":partyline.local 301 beth alan :I'm not here";
  assert.deepEqual(withVerb('301', await beth.all('PRIVMSG ALAN :hi', 'WHOIS alan')), [away, away]);
  assert.deepEqual(
    withVerb('301', await beth.all('NOTICE alan :hi', 'PRIVMSG #a :hi')),
    [],
    'a NOTICE is not answered',
  );
  await alan.all('AWAY');
  assert.deepEqual(withVerb('301', await beth.all('PRIVMSG alan :hi', 'WHOIS alan')), []);
});

// IRCv3 away-notify: when it changes, and when somebody away joins.
test('away-notify tells a channel that somebody has gone or come back, once', async (t) => {
  const [server, { alan, old }] = await party(t, ['alan', 'old']);
  const watchful = await IrcClient.join(server, 'watchful', 'away-notify');
  for (const client of [watchful, old, alan]) await client.all('JOIN #a,#b');
  for (const client of [watchful, old]) await client.heard();
  await alan.all('AWAY :lunch', 'AWAY :lunch', 'AWAY :a long lunch', 'AWAY', 'AWAY');
  assert.deepEqual(await watchful.heard(), [
    ':alan!~alan@127.0.0.1 AWAY lunch',
    ':alan!~alan@127.0.0.1 AWAY :a long lunch',
    ':alan!~alan@127.0.0.1 AWAY',
  ]);
  assert.deepEqual(await old.heard(), []);
});

test('away-notify tells a channel that somebody who comes in is away', async (t) => {
  const [server, { alan, old }] = await party(t, ['alan', 'old']);
  const watchful = await IrcClient.join(server, 'watchful', 'away-notify');
  for (const client of [watchful, old]) await client.all('JOIN #a');
  await watchful.heard();
  await alan.all('AWAY :already gone', 'JOIN #a');
  const joined = ':alan!~alan@127.0.0.1 JOIN #a';
  assert.deepEqual(await watchful.heard(), [joined, ':alan!~alan@127.0.0.1 AWAY :already gone']);
  assert.deepEqual(await old.heard(), [joined]);
});

// ISUPPORT AWAYLEN.
test('a reason longer than AWAYLEN is cut', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth'], { limits: { away_bytes: 10 } });
  assert.ok((await alan.all('VERSION')).some((line) => line.includes(' AWAYLEN=10 ')));
  await alan.all('AWAY :0123456789x');
  assert.deepEqual(await beth.all('PRIVMSG alan :hi'), [':partyline.local 301 beth alan 0123456789']);
});
