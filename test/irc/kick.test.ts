// KICK: RFC 2812 section 3.2.8, Modern.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withVerb, party } from '../support/irc-party.ts';

// RFC 2812 section 3.2.8: the default comment is the nick of whoever kicks.
test('KICK is told to everybody in the channel, with the reason or the name of whoever kicks', async (t) => {
  const [, { alan, beth, carl }] = await party(t, ['alan', 'beth', 'carl']);
  for (const client of [alan, beth, carl]) await client.all('JOIN #a');
  for (const client of [alan, beth]) await client.heard();
  const told = [':alan!~alan@127.0.0.1 KICK #a beth :bye bye'];
  assert.deepEqual(await alan.all('KICK #A BETH :bye bye'), told);
  for (const client of [beth, carl]) assert.deepEqual(await client.heard(), told);
  assert.deepEqual(await alan.all('KICK #a carl'), [':alan!~alan@127.0.0.1 KICK #a carl alan']);
  assert.deepEqual(await alan.all('KICK #a alan :'), [':alan!~alan@127.0.0.1 KICK #a alan alan'], 'once, to oneself');
  assert.deepEqual(await alan.all('PART #a'), [':partyline.local 403 alan #a :No such channel']);
});

// Modern, "KICK message": a KICK that is sent has one channel and one nick; ISUPPORT TARGMAX.
for (const channels of ['#a', '#a,#a']) {
  test(`KICK ${channels} with several nicks is told as one KICK for each`, async (t) => {
    const [, { alan, beth, carl, dora }] = await party(t, ['alan', 'beth', 'carl', 'dora']);
    for (const client of [alan, beth, carl, dora]) await client.all('JOIN #a');
    await dora.heard();
    await alan.all(`KICK ${channels} beth,carl :bye`);
    assert.deepEqual(await dora.heard(), [
      ':alan!~alan@127.0.0.1 KICK #a beth bye',
      ':alan!~alan@127.0.0.1 KICK #a carl bye',
    ]);
  });
}

// RFC 2812 section 3.2.8: 403, 441, 442, 461, 482.
test('KICK that cannot be done has its numeric', async (t) => {
  const [, { alan, beth, carl }] = await party(t, ['alan', 'beth', 'carl']);
  await alan.all('JOIN #a');
  assert.deepEqual(await beth.all('KICK #none alan', 'KICK #a alan', 'KICK none alan', 'KICK #a'), [
    ':partyline.local 403 beth #none :No such channel',
    ":partyline.local 442 beth #a :You're not on that channel",
    ':partyline.local 403 beth none :No such channel',
    ':partyline.local 461 beth KICK :Not enough parameters',
  ]);
  await beth.all('JOIN #a');
  assert.deepEqual(await beth.all('KICK #a alan'), [
    ':partyline.local 482 beth #a :You need +h or higher on that channel',
  ]);
  await alan.heard();
  assert.deepEqual(await alan.all('KICK #a carl', 'KICK #a ghost', 'KICK #a beth,carl'), [
    ":partyline.local 441 alan carl #a :They aren't on that channel",
    ':partyline.local 401 alan ghost :No such nick/channel',
    ':alan!~alan@127.0.0.1 KICK #a beth alan',
    ":partyline.local 441 alan carl #a :They aren't on that channel",
  ]);
  assert.deepEqual(withVerb('KICK', await carl.heard()), []);
});

// Modern, "Channel membership prefixes": nobody puts out somebody who stands above them.
test('an operator kicks operators, a half-operator does not, and whoever was kicked may come back', async (t) => {
  const [, { alan, beth, carl }] = await party(t, ['alan', 'beth', 'carl']);
  for (const client of [alan, beth, carl]) await client.all('JOIN #a');
  await alan.all('MODE #a +o beth', 'MODE #a +h carl');
  await carl.heard();
  assert.deepEqual(await carl.all('KICK #a beth'), [
    ':partyline.local 482 carl #a :You need +o or higher on that channel',
  ]);
  assert.equal(withVerb('KICK', await beth.all('KICK #a alan', 'KICK #a carl')).length, 2);
  assert.deepEqual(withVerb('JOIN', await alan.all('JOIN #a')), [':alan!~alan@127.0.0.1 JOIN #a']);
});

// ISUPPORT KICKLEN.
test('a reason longer than KICKLEN is cut', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth'], { limits: { reason_bytes: 10 } });
  await alan.all('JOIN #a');
  await beth.all('JOIN #a');
  await alan.heard();
  assert.ok((await alan.all('VERSION')).some((line) => line.includes(' KICKLEN=10 ')));
  assert.deepEqual(await alan.all('KICK #a beth :0123456789x'), [':alan!~alan@127.0.0.1 KICK #a beth 0123456789']);
});

// ISUPPORT TARGMAX: what goes beyond it is not done, and whoever asked is told (407).
test('KICK puts out as many people as TARGMAX says, no more', async (t) => {
  const [, { alan, b, c, d }] = await party(t, ['alan', 'b', 'c', 'd'], { limits: { targets: 2 } });
  for (const client of [alan, b, c, d]) await client.all('JOIN #a');
  await alan.heard();
  assert.deepEqual(await alan.all('KICK #a b,c,d'), [
    ':partyline.local 407 alan d :Too many targets (at most 2)',
    ':alan!~alan@127.0.0.1 KICK #a b alan',
    ':alan!~alan@127.0.0.1 KICK #a c alan',
  ]);
  assert.deepEqual(withVerb('KICK', await d.heard()).length, 2);
});

// Modern, "KICK message": each channel of a list goes with the nick in its place.
test('KICK takes a list of channels and as many nicks', async (t) => {
  const [, { alan, beth, carl }] = await party(t, ['alan', 'beth', 'carl']);
  for (const client of [alan, beth, carl]) await client.all('JOIN #a,#b');
  await alan.heard();
  assert.deepEqual(await alan.all('KICK #a,#none,#b beth,beth,carl :bye bye'), [
    ':alan!~alan@127.0.0.1 KICK #a beth :bye bye',
    ':partyline.local 403 alan #none :No such channel',
    ':alan!~alan@127.0.0.1 KICK #b carl :bye bye',
  ]);
});
