// Nicks that can be taken for one another. RFC 2812 section 3.1.2: 432, 433.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { party, verbs } from '../support/irc-party.ts';

test('a nick that looks like that of somebody who is here is taken', async (t) => {
  const [server, { alexey, carl }] = await party(t, ['alexey', 'carl']);
  const stranger = new IrcClient(await server.open());
  stranger.send('USER a 0 * :a');
  for (const nick of ['аlexey', 'аӏехеу', 'ａlexey', 'ꓮꓡeхеу']) {
    assert.deepEqual(await stranger.all(`NICK ${nick}`), [
      `:partyline.local 433 * ${nick} :Nickname is already in use`,
    ]);
    assert.deepEqual(verbs(await carl.all(`NICK ${nick}`)), ['433']);
  }
  assert.deepEqual(await stranger.all('NICK al\ufe0fexey'), [
    ':partyline.local 432 * al\ufe0fexey :Erroneous nickname',
  ]);
  assert.deepEqual(await alexey.all('NICK аӏехеу', 'NICK аlexey', 'NICK Alexey'), [
    ':alexey!~alexey@127.0.0.1 NICK аӏехеу',
    ':аӏехеу!~alexey@127.0.0.1 NICK аlexey',
    ':аlexey!~alexey@127.0.0.1 NICK Alexey',
  ]);
});

test('it goes both ways, and a name is free again when its owner has another or is gone', async (t) => {
  const [, { carl, dora }] = await party(t, ['carl', 'dora']);
  assert.deepEqual(verbs(await carl.all('NICK сор')), ['NICK']);
  assert.deepEqual(verbs(await dora.all('NICK cop')), ['433']);
  await carl.all('NICK carl');
  assert.deepEqual(verbs(await dora.all('NICK cop')), ['NICK']);
  assert.deepEqual(verbs(await carl.all('NICK сор')), ['433']);
  dora.send('QUIT');
  await dora.text.end();
  assert.deepEqual(verbs(await carl.all('NICK сор')), ['NICK']);
});

test('nicks in ASCII never stand in each other’s way, nor do ordinary names of other letters', async (t) => {
  const nicks = ['ill', 'il1', 'O0', 'OO', 'rn', 'm', 'vv', 'w', 'emile', 'émile', 'иван', 'иванна', 'Нина', '김철수'];
  const places = nicks.map((_, index) => `p${index}`);
  const [, clients] = await party(t, places);
  for (const [index, nick] of nicks.entries()) {
    const place = `p${index}`;
    assert.deepEqual(await clients[place]!.all(`NICK ${nick}`), [`:${place}!~${place}@127.0.0.1 NICK ${nick}`]);
  }
});

test('on the plain side it is the same', async (t) => {
  const [server, { alan }] = await party(t, ['carl', 'alan']);
  const plain = await server.welcomed();
  plain.send('/nick аlаn\n');
  assert.equal(await plain.line(), '* the name аlаn is taken; pick another with /nick NAME');
  plain.send('/nick сор\n');
  assert.equal(await plain.line(), '* you are now сор');
  assert.deepEqual(verbs(await alan.all('NICK cop')), ['433']);
});
