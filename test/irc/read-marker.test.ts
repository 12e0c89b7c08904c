// IRCv3 read-marker.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { withVerb, party, verbs } from '../support/irc-party.ts';

const marked = (target: string, time: string): string => `:partyline.local MARKREAD ${target} timestamp=${time}`;
const [EARLY, LATE] = ['2019-01-04T14:33:26.123Z', '2019-06-01T12:00:00.000Z'];

// "MARKREAD client get command": "If there is no known last message read timestamp, ... a literal *".
test('how far a conversation was read is not known at first', async (t) => {
  const [server] = await party(t, ['beth']);
  const alan = await IrcClient.join(server, 'alan', 'draft/read-marker');
  assert.deepEqual(await alan.all('MARKREAD #nowhere', 'MARKREAD beth', 'MARKREAD nobody'), [
    ':partyline.local MARKREAD #nowhere *',
    ':partyline.local MARKREAD beth *',
    ':partyline.local MARKREAD nobody *',
  ]);
});

// "MARKREAD client set command", "Read timestamp notes": it only ever increases.
test('a marker goes forward and never back, in channels and with people', async (t) => {
  const [server] = await party(t, ['beth']);
  const alan = await IrcClient.join(server, 'alan', 'draft/read-marker');
  for (const target of ['#a', 'beth']) {
    assert.deepEqual(await alan.all(`MARKREAD ${target} timestamp=${EARLY}`), [marked(target, EARLY)]);
    assert.deepEqual(await alan.all(`MARKREAD ${target} timestamp=${LATE}`), [marked(target, LATE)]);
    assert.deepEqual(await alan.all(`MARKREAD ${target} timestamp=${EARLY}`), [marked(target, LATE)]);
    assert.deepEqual(await alan.all(`MARKREAD ${target}`), [marked(target, LATE)]);
  }
});

// "Implementation Considerations": "clamp it between the last read timestamp and the current time".
test('nobody has read what is not written yet', async (t) => {
  const [, { alan }] = await party(t, ['alan']);
  const [line = ''] = await alan.all('MARKREAD #a timestamp=2999-01-01T00:00:00.000Z');
  assert.ok(Date.parse(/timestamp=(.*)$/.exec(line)?.[1] ?? '') <= Date.now(), line);
});

// "Command flows": "after the server sends a server JOIN command ... before the RPL_ENDOFNAMES reply".
test('a client that asked for it is told of the marker when it joins', async (t) => {
  const [server, { old }] = await party(t, ['old']);
  const alan = await IrcClient.join(server, 'alan', 'draft/read-marker');
  assert.deepEqual(verbs(await alan.all('JOIN #a')), ['JOIN', 'MARKREAD', '353', '366']);
  await alan.all(`MARKREAD #a timestamp=${EARLY}`, 'PART #a');
  assert.deepEqual(withVerb('MARKREAD', await alan.all('JOIN #A')), [marked('#A', EARLY)]);
  assert.deepEqual(withVerb('MARKREAD', await old.all('JOIN #a')), []);
  const quiet = await IrcClient.join(server, 'quiet', 'draft/read-marker no-implicit-names');
  assert.deepEqual(verbs(await quiet.all('JOIN #a')), ['JOIN', 'MARKREAD']);
});

// "Errors and Warnings".
test('a marker that is none is refused', async (t) => {
  const [, { alan }] = await party(t, ['alan']);
  const invalid = (what: string, why: string): string =>
    `:partyline.local FAIL MARKREAD INVALID_PARAMS ${what} :${why}`;
  const answers = await alan.all(
    'MARKREAD',
    'MARKREAD #a *',
    'MARKREAD #a timestamp=yesterday',
    'MARKREAD #a timestamp=2019-13-04T14:33:26.123Z',
    'MARKREAD #a msgid=abc',
    `MARKREAD nobody timestamp=${EARLY}`,
  );
  assert.deepEqual(answers, [
    ':partyline.local FAIL MARKREAD NEED_MORE_PARAMS :Missing parameters',
    invalid('*', 'That is no timestamp'),
    invalid('timestamp=yesterday', 'That is no timestamp'),
    invalid('timestamp=2019-13-04T14:33:26.123Z', 'That is no timestamp'),
    invalid('msgid=abc', 'That is no timestamp'),
    invalid('nobody', 'There is no such conversation'),
  ]);
});

// "The read markers sent by a user MUST NOT be disclosed to other users".
test('nobody else is told how far somebody has read', async (t) => {
  const [server] = await party(t, []);
  const [alan, beth] = [
    await IrcClient.join(server, 'alan', 'draft/read-marker'),
    await IrcClient.join(server, 'beth', 'draft/read-marker'),
  ];
  for (const client of [alan, beth]) await client.all('JOIN #a');
  await alan.heard();
  await alan.all(`MARKREAD #a timestamp=${EARLY}`, `MARKREAD beth timestamp=${EARLY}`);
  assert.deepEqual(await beth.heard(), []);
  assert.deepEqual(await beth.all('MARKREAD #a'), [':partyline.local MARKREAD #a *']);
});
