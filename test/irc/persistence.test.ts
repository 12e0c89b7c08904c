// draft/persistence and IRCv3 pre-away: somebody with an account stays while none of their clients is connected.
import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { killDevice, openDevice } from '../support/irc-device.ts';
import { withVerb, party, verbs } from '../support/irc-party.ts';
import { makeAccount } from '../support/log-in.ts';
import { newFolder, removeAfter } from '../support/temporary-folder.ts';

// "If the client is authenticated and the draft/persistence capability is negotiated, servers MUST send a PERSISTENCE
// STATUS command ... after the last 005 numeric but before either 376 RPL_ENDOFMOTD or 422 ERR_NOMOTD".
const status = (chosen: string, effective: string): string =>
  `:partyline.local PERSISTENCE STATUS ${chosen} ${effective}`;
const fail = (code: string, text: string): string => `:partyline.local FAIL PERSISTENCE ${code} :${text}`;

test('whether somebody stays is for them to choose, and their other clients are told', async (t) => {
  const [server] = await party(t, []);
  await makeAccount(server, 'alan');
  const { client: alan, greeting } = await openDevice(server, 'alan', { capabilities: 'draft/persistence' });
  assert.deepEqual(withVerb('PERSISTENCE', greeting), [status('DEFAULT', 'OFF')]);
  assert.deepEqual(verbs(greeting).slice(-2), ['PERSISTENCE', '422']);
  const { client: other } = await openDevice(server, 'alan', { capabilities: 'draft/persistence' });
  const { client: old } = await openDevice(server, 'alan');
  await other.heard();
  assert.deepEqual(await alan.all('PERSISTENCE SET ON'), [status('ON', 'ON')]);
  assert.deepEqual(await other.heard(), [status('ON', 'ON')]);
  assert.deepEqual(await old.heard(), []);
  assert.deepEqual(await alan.all('PERSISTENCE SET off', 'PERSISTENCE GET'), [
    status('OFF', 'OFF'),
    status('OFF', 'OFF'),
  ]);
  assert.deepEqual(await alan.all('PERSISTENCE SET DEFAULT'), [status('DEFAULT', 'OFF')]);
  assert.deepEqual(withVerb('PERSISTENCE', await alan.all('NS SET ALWAYS-ON ON')), [status('ON', 'ON')]);
  assert.deepEqual(await old.all('PERSISTENCE SET OFF'), [status('OFF', 'OFF')]);
});

test('where the server has everybody stay, whoever has not chosen does, and whoever chose not to does not', async (t) => {
  const [server, { beth }] = await party(t, ['beth'], { accounts: { always_on: true } });
  for (const nick of ['alan', 'carl']) await makeAccount(server, nick);
  await beth.all('JOIN #a');
  const { client: alan, greeting } = await openDevice(server, 'alan', { capabilities: 'draft/persistence' });
  assert.deepEqual(withVerb('PERSISTENCE', greeting), [status('DEFAULT', 'ON')]);
  const { client: carl } = await openDevice(server, 'carl');
  assert.deepEqual(verbs(await carl.all('NS SET ALWAYS-ON OFF', 'JOIN #a')), ['NOTICE', 'JOIN', '353', '366']);
  await alan.all('JOIN #a');
  await beth.heard();
  for (const client of [alan, carl]) await killDevice(client, beth);
  const names = withVerb('353', await beth.all('NAMES #a'));
  assert.deepEqual(names, [':partyline.local 353 beth = #a :@beth alan']);
});

test('what cannot be chosen is refused, as is anything without an account', async (t) => {
  const [server, { guest }] = await party(t, ['guest']);
  assert.deepEqual(await guest.all('PERSISTENCE GET'), [
    fail('ACCOUNT_REQUIRED', 'You are not logged in to an account'),
  ]);
  await makeAccount(server, 'alan');
  const { client: alan } = await openDevice(server, 'alan');
  const invalid = fail('INVALID_PARAMETERS', 'Invalid parameters');
  assert.deepEqual(await alan.all('PERSISTENCE SET', 'PERSISTENCE SET maybe', 'PERSISTENCE NOW'), [
    invalid,
    invalid,
    invalid,
  ]);
});

test('whoever stays is in their channels without a client, with what they are there, and looks away', async (t) => {
  const [server, { beth }] = await party(t, ['beth']);
  await makeAccount(server, 'alan');
  const { client: alan } = await openDevice(server, 'alan');
  await alan.all('PERSISTENCE SET ON', 'JOIN #a');
  await beth.all('CAP REQ :away-notify', 'JOIN #a', 'MONITOR + alan');
  await killDevice(alan, beth);
  assert.deepEqual(withVerb('353', await beth.all('NAMES #a')), [':partyline.local 353 beth = #a :@alan beth']);
  const gone = ':partyline.local 301 beth alan :Not here at the moment';
  assert.deepEqual(withVerb('301', await beth.all('WHOIS alan')), [gone]);
  assert.deepEqual(await beth.all('PRIVMSG alan :hello?'), [gone]);
  assert.match((await beth.all('WHO alan'))[0] ?? '', / alan G :0 Real alan$/);
  const { greeting } = await openDevice(server, 'alan');
  assert.deepEqual(withVerb('JOIN', greeting), [':alan!~alan@127.0.0.1 JOIN #a']);
  assert.deepEqual(await beth.heard(), [':alan!~alan@127.0.0.1 AWAY'], 'nobody came: they only are back');
});

test('whoever chose not to stay leaves with their last client', async (t) => {
  const [server, { beth }] = await party(t, ['beth']);
  await makeAccount(server, 'alan');
  const { client: alan } = await openDevice(server, 'alan');
  const { client: other } = await openDevice(server, 'alan');
  await alan.all('JOIN #a', 'PERSISTENCE SET ON', 'PERSISTENCE SET OFF');
  await beth.all('JOIN #a');
  await killDevice(alan, beth);
  assert.deepEqual(await beth.heard(), []);
  other.send('QUIT :bye');
  await other.text.end();
  assert.deepEqual(await beth.heard(), [':alan!~alan@127.0.0.1 QUIT :Quit: bye']);
});

test('an operator of the server puts off whoever stays as well, client or none', async (t) => {
  const [server, { root }] = await party(t, ['root'], { irc: { operators: ['root:longenough'] } });
  await makeAccount(server, 'alan');
  await root.all('OPER root longenough');
  for (const isThere of [true, false]) {
    const { client: alan } = await openDevice(server, 'alan');
    await alan.all('PERSISTENCE SET ON', 'JOIN #a');
    await root.all('JOIN #a');
    if (!isThere) await killDevice(alan, root);
    root.send('KILL alan :enough');
    if (isThere) await alan.text.end();
    await root.heard();
    assert.deepEqual(verbs(await root.all('WHOIS alan')), ['401', '318']);
    await root.all('PART #a');
  }
});

test('whoever stays is there again after a restart, in the same channels, which are as they were', async (t) => {
  const folder = newFolder();
  const databaseFile = join(folder, 'partyline.db');
  const [server] = await party(t, [], { databaseFile });
  await makeAccount(server, 'alan');
  const { client: alan } = await openDevice(server, 'alan');
  await alan.all('PERSISTENCE SET ON', 'JOIN #a', 'TOPIC #a :ours', 'MODE #a +sk key', 'MODE alan +i', 'AWAY :asleep');
  const { client: beth } = await openDevice(server, 'alan');
  await killDevice(beth, alan);
  await server.close();
  const [again, { carl }] = await party(t, ['carl'], { databaseFile });
  removeAfter(t, folder);
  assert.deepEqual(withVerb('301', await carl.all('WHOIS alan')), [':partyline.local 301 carl alan asleep']);
  assert.deepEqual(verbs(await carl.all('JOIN #a')), ['475']);
  const entered = await carl.all('JOIN #a key');
  assert.deepEqual(withVerb('332', entered), [':partyline.local 332 carl #a ours']);
  assert.deepEqual(withVerb('353', entered), [':partyline.local 353 carl @ #a :@alan carl']);
  const { client, greeting } = await openDevice(again, 'alan');
  assert.deepEqual(withVerb('JOIN', greeting), [':alan!~alan@127.0.0.1 JOIN #a']);
  assert.deepEqual(withVerb('221', greeting), [':partyline.local 221 alan +ir']);
  assert.deepEqual(verbs(await client.all('MODE #a -k key')), ['MODE']);
});

test('whoever has not come back for too long is gone', async (t) => {
  const folder = newFolder();
  const databaseFile = join(folder, 'partyline.db');
  const [server] = await party(t, [], { databaseFile });
  await makeAccount(server, 'alan');
  const { client: alan } = await openDevice(server, 'alan');
  await alan.all('PERSISTENCE SET ON', 'JOIN #a');
  await server.close();
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 91 * 86_400_000 });
  const [, { carl }] = await party(t, ['carl'], { databaseFile });
  removeAfter(t, folder);
  assert.deepEqual(verbs(await carl.all('WHOIS alan')), ['401', '318']);
  assert.deepEqual(withVerb('353', await carl.all('JOIN #a')), [':partyline.local 353 carl = #a :@carl']);
});

test('whoever was here when the server was killed is not gone, however long ago that was', async (t) => {
  const [folder, copy] = [newFolder(), newFolder()];
  const [server] = await party(t, [], { databaseFile: join(folder, 'partyline.db') });
  await makeAccount(server, 'alan');
  const { client: alan } = await openDevice(server, 'alan');
  await alan.all('PERSISTENCE SET ON', 'JOIN #a');
  // As a server leaves its files that has no time to say anything.
  cpSync(folder, copy, { recursive: true });
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 91 * 86_400_000 });
  const [, { carl }] = await party(t, ['carl'], { databaseFile: join(copy, 'partyline.db') });
  for (const one of [folder, copy]) removeAfter(t, one);
  assert.deepEqual(withVerb('353', await carl.all('JOIN #a')), [':partyline.local 353 carl = #a :@alan carl']);
});

// IRCv3 pre-away: "servers MUST accept the AWAY command before connection registration has completed".
test('a client that nobody is at says so before it is registered, and its person stays away', async (t) => {
  const [server, { beth }] = await party(t, ['beth']);
  await makeAccount(server, 'alan');
  const { client: alan } = await openDevice(server, 'alan');
  await alan.all('PERSISTENCE SET ON', 'JOIN #a');
  await beth.all('CAP REQ :away-notify', 'JOIN #a');
  await killDevice(alan, beth);
  const { client: phone, greeting } = await openDevice(server, 'alan', {
    capabilities: 'draft/pre-away',
    before: ['AWAY *'],
  });
  assert.deepEqual(withVerb('306', greeting), [':partyline.local 306 * :You have been marked as being away']);
  assert.deepEqual(await beth.heard(), []);
  const { client: desk } = await openDevice(server, 'alan');
  assert.deepEqual(await beth.heard(), [':alan!~alan@127.0.0.1 AWAY']);
  // Away is who is away on all devices; a reason goes before none.
  await desk.all('AWAY :lunch');
  assert.deepEqual(await beth.heard(), [':alan!~alan@127.0.0.1 AWAY lunch']);
  await phone.all('AWAY');
  assert.deepEqual(await beth.heard(), [':alan!~alan@127.0.0.1 AWAY']);
});

test('AWAY comes too soon for a client that does not know pre-away', async (t) => {
  const [server] = await party(t, []);
  const client = new IrcClient(await server.open());
  assert.deepEqual(await client.all('NICK alan', 'AWAY *'), [':partyline.local 451 alan :You have not registered']);
});
