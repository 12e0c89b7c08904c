// INVITE: RFC 2812 section 3.2.7, Modern, IRCv3 invite-notify.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { withVerb, party } from '../support/irc-party.ts';

// Modern, "INVITE message": 341 to the one, INVITE to the other, nothing to anybody else.
for (const modes of ['+i', '-i', '-o']) {
  test(`an invitation is confirmed, and told to the one invited alone (${modes})`, async (t) => {
    const [, { alan, beth, carl }] = await party(t, ['alan', 'beth', 'carl']);
    await alan.all('JOIN #a');
    await carl.all('JOIN #a');
    await alan.all(`MODE #a ${modes} ${modes === '-o' ? 'alan' : ''}`);
    await carl.heard();
    assert.deepEqual(await alan.all('INVITE beth #a'), [':partyline.local 341 alan beth #a']);
    assert.deepEqual(await beth.heard(), [':alan!~alan@127.0.0.1 INVITE beth #a']);
    assert.deepEqual(await carl.heard(), []);
    assert.equal(withVerb('JOIN', await beth.all('JOIN #a')).length, 1);
  });
}

// Modern, "INVITE message": 401, 403, 442, 443, 461, 482.
test('an invitation that cannot be has its numeric', async (t) => {
  const [, { alan, beth, carl }] = await party(t, ['alan', 'beth', 'carl']);
  await alan.all('JOIN #a');
  await carl.all('JOIN #a');
  await alan.heard();
  assert.deepEqual(await alan.all('INVITE nobody #a', 'INVITE beth #None', 'INVITE CARL #a', 'INVITE beth'), [
    ':partyline.local 401 alan nobody :No such nick/channel',
    ':partyline.local 403 alan #None :No such channel',
    ':partyline.local 443 alan carl #a :is already on channel',
    ':partyline.local 461 alan INVITE :Not enough parameters',
  ]);
  assert.deepEqual(await beth.all('INVITE alan #a'), [":partyline.local 442 beth #a :You're not on that channel"]);
  await alan.all('MODE #a +i');
  await carl.heard();
  assert.deepEqual(await carl.all('INVITE beth #a'), [
    ':partyline.local 482 carl #a :You need +h or higher on that channel',
  ]);
  assert.deepEqual(await beth.heard(), []);
});

// Modern, "Invite-Only Channel Mode": an invitation lets in once, whatever else keeps people out.
test('an invitation gets around a ban, a key and a limit, and is used up', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all('JOIN #a', 'MODE #a +b beth!*@*', 'MODE #a +ikl secret 1');
  assert.equal(withVerb('JOIN', await beth.all('JOIN #a')).length, 0);
  await alan.all('INVITE beth #a');
  assert.equal(withVerb('JOIN', await beth.all('JOIN #a')).length, 1);
  await alan.all('KICK #a beth', 'MODE #a -ikl secret');
  assert.equal(withVerb('474', await beth.all('JOIN #a')).length, 1);
});

// Modern, "INVITE message": without parameters, 336 for each and 337.
test('INVITE alone lists the channels that one is invited to', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all('JOIN #a,#b', 'INVITE beth #a', 'INVITE beth #b');
  await beth.heard();
  await beth.all('JOIN #a');
  assert.deepEqual(await beth.all('INVITE'), [
    ':partyline.local 336 beth #b',
    ':partyline.local 337 beth :End of /INVITE list',
  ]);
});

// RFC 2812 section 3.2.7: 301 when whoever is invited is away.
test('whoever invites somebody who is away is told so', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await beth.all('AWAY :at lunch');
  assert.deepEqual((await alan.all('JOIN #a', 'INVITE beth #a')).slice(-2), [
    ':partyline.local 341 alan beth #a',
    ':partyline.local 301 alan beth :at lunch',
  ]);
});

// IRCv3 invite-notify: those who may invite are told.
test('invite-notify tells the operators of the channel, and not its other members', async (t) => {
  const [server, { alan, beth }] = await party(t, ['alan', 'beth']);
  const watchful = await IrcClient.join(server, 'op', 'invite-notify');
  const member = await IrcClient.join(server, 'member', 'invite-notify');
  for (const client of [alan, watchful, member]) await client.all('JOIN #a');
  await alan.all('MODE #a +o op');
  for (const client of [watchful, member]) await client.heard();
  await alan.all('INVITE beth #a');
  assert.deepEqual(await watchful.heard(), [':alan!~alan@127.0.0.1 INVITE beth #a']);
  assert.deepEqual(await member.heard(), []);
  assert.deepEqual(await beth.heard(), [':alan!~alan@127.0.0.1 INVITE beth #a']);
});
