// LIST: RFC 2812 section 3.2.6, Modern "LIST message" and "ELIST parameter".
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IrcClient } from '../support/irc-client.ts';
import { withVerb, party } from '../support/irc-party.ts';

/** The channels that a LIST names, with what stands between it and the end checked. */
async function listed(client: IrcClient, conditions: string): Promise<string> {
  const lines = await client.all(`LIST ${conditions}`);
  assert.match(lines[0] ?? '', / 321 \S+ Channel :Users {2}Name$/);
  assert.match(lines.at(-1) ?? '', / 323 \S+ :End of \/LIST$/);
  return withVerb('322', lines)
    .map((line) => line.split(' ')[3])
    .join(' ');
}

// RFC 2812 section 3.2.6: 322 with the number of people and the topic, 323.
test('LIST tells the people and the topic of every channel that has people', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  assert.equal(await listed(beth, ''), '', 'the room that is always there is empty');
  await alan.all('JOIN #a,#b', 'TOPIC #a :all are welcome', 'TOPIC #b :short');
  await beth.all('JOIN #b');
  assert.deepEqual(withVerb('322', await beth.all('LIST')), [
    ':partyline.local 322 beth #a 1 :all are welcome',
    ':partyline.local 322 beth #b 2 short',
  ]);
});

// Modern, "ELIST parameter": M and N.
test('channels are found by masks, and by masks that they must not match', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all('JOIN #chan1,#chan2');
  for (const [conditions, found] of [
    ['#chan1', '#chan1'],
    ['#CHAN2,#none', '#chan2'],
    ['*an1', '#chan1'],
    ['#c*n2', '#chan2'],
    ['*an3', ''],
    ['#ch*', '#chan1 #chan2'],
    ['!*an1', '#chan2'],
    ['!#c*n2', '#chan1'],
    ['!*an3', '#chan1 #chan2'],
    ['!#ch*', ''],
    ['#ch*,!*1', '#chan2'],
  ] as const) {
    assert.equal(await listed(beth, conditions), found, conditions);
  }
});

// Modern, "ELIST parameter": U.
test('channels are found by the number of people', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all('JOIN #chan1,#chan2');
  await beth.all('JOIN #chan2');
  await alan.heard();
  for (const [conditions, found] of [
    ['>0', '#chan1 #chan2'],
    ['<1', ''],
    ['<100', '#chan1 #chan2'],
    ['>1', '#chan2'],
    ['<2', '#chan1'],
    ['>0,<2', '#chan1'],
  ] as const) {
    assert.equal(await listed(alan, conditions), found, conditions);
  }
});

// Modern, "ELIST parameter": C and T, in minutes; "C<5" is made less than five minutes ago.
test('channels are found by the age of the channel and of its topic', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  const [, { alan }] = await party(t, ['alan']);
  await alan.all('JOIN #old,#new', 'TOPIC #old :first');
  t.mock.timers.tick(120_000);
  await alan.all('JOIN #young', 'TOPIC #new :second');
  t.mock.timers.tick(60_000);
  for (const [conditions, found] of [
    ['C>2', '#old #new'],
    ['C<2', '#young'],
    ['C<0', ''],
    ['C>0', '#old #new #young'],
    ['C<10', '#old #new #young'],
    ['T>2', '#old'],
    ['T<2', '#new'],
    ['T<0', ''],
    ['T>0', '#old #new'],
    ['T<10', '#old #new'],
  ] as const) {
    assert.equal(await listed(alan, conditions), found, conditions);
  }
});

// Modern, "Secret Channel Mode".
test('a hidden channel is listed to its members', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all('JOIN #a,#b', 'MODE #a +s', 'MODE #b +p');
  assert.equal(await listed(beth, ''), '');
  assert.equal(await listed(beth, '#a,#b'), '');
  assert.equal(await listed(alan, ''), '#a #b');
});
