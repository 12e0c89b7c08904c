// IRCv3 metadata (draft/metadata-2).
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { cutAt } from '../support/cut.ts';
import { IrcClient } from '../support/irc-client.ts';
import { openDevice } from '../support/irc-device.ts';
import { offered, withVerb, party, verbs } from '../support/irc-party.ts';
import { makeAccount } from '../support/log-in.ts';
import { newFolder, removeAfter } from '../support/temporary-folder.ts';

const METADATA = 'batch draft/metadata-2';

const fail = (code: string, text: string): string => `:partyline.local FAIL METADATA ${code} :${text}`;

/** A batch without its ends, whose target is what is expected. */
function inBatch(lines: readonly string[], target: string, type = 'metadata'): string[] {
  assert.match(
    lines[0] ?? '',
    new RegExp(`^:partyline\\.local BATCH \\+\\w+ ${type}${target === '' ? '' : ` ${target}`}$`),
  );
  assert.match(lines.at(-1) ?? '', /^:partyline\.local BATCH -\w+$/);
  return lines.slice(1, -1);
}

// "`draft/metadata-2` Capability".
test('the limits are told with the capability', async (t) => {
  const limits = { metadata_keys: 7, metadata_subscriptions: 5, metadata_value_bytes: 90 };
  const [server] = await party(t, [], { limits });
  const client = new IrcClient(await server.open());
  const list = await offered(client);
  assert.ok(list.includes('draft/metadata-2=before-connect,max-subs=5,max-keys=7,max-value-bytes=90'));
});

// "METADATA GET", "METADATA SET", "METADATA LIST" and "METADATA CLEAR".
test('what somebody says about themselves is set, got, listed and cleared', async (t) => {
  const [server] = await party(t, []);
  const alan = await IrcClient.join(server, 'alan', METADATA);
  const beth = await IrcClient.join(server, 'beth', METADATA);
  assert.deepEqual(inBatch(await alan.all('METADATA * LIST'), 'alan'), []);
  assert.deepEqual(await alan.all('METADATA * SET Display-Name :Alan ☎', 'METADATA ALAN SET url https://a.example/'), [
    ':partyline.local 761 alan alan display-name * :Alan ☎',
    ':partyline.local 761 alan alan url * :https://a.example/',
  ]);
  assert.deepEqual(inBatch(await beth.all('METADATA alan GET url $bad nope display-name'), 'alan'), [
    ':partyline.local 761 beth alan url * :https://a.example/',
    fail('KEY_INVALID $bad', 'Invalid key'),
    ':partyline.local 766 beth alan nope :Key not set',
    ':partyline.local 761 beth alan display-name * :Alan ☎',
  ]);
  assert.deepEqual(await alan.all('METADATA * SET url', 'METADATA * SET url', 'METADATA * SET url :'), [
    ':partyline.local 766 alan alan url :Key not set any more',
    fail('KEY_NOT_SET alan url', 'Key not set'),
    fail('KEY_NOT_SET alan url', 'Key not set'),
  ]);
  assert.deepEqual(withVerb('760', await beth.all('WHOIS alan')), [
    ':partyline.local 760 beth alan display-name * :Alan ☎',
  ]);
  await alan.all('METADATA * SET x :1');
  assert.deepEqual(inBatch(await alan.all('METADATA * CLEAR'), 'alan'), [
    ':partyline.local 766 alan alan display-name :Key not set any more',
    ':partyline.local 766 alan alan x :Key not set any more',
  ]);
  assert.deepEqual(inBatch(await beth.all('METADATA alan LIST'), 'alan'), []);
  assert.deepEqual(inBatch(await alan.all('METADATA * CLEAR'), 'alan'), []);
  // Whoever takes the nick next says nothing.
  await alan.all('METADATA * SET x :1');
  alan.send('QUIT');
  await alan.text.end();
  const other = await IrcClient.join(server, 'alan', METADATA);
  assert.deepEqual(inBatch(await other.all('METADATA * LIST'), 'alan'), []);
});

// "Standard Replies".
test('what is wrong with a request is said', async (t) => {
  const limits = { metadata_keys: 2, metadata_value_bytes: 10 };
  const [server, { carl }] = await party(t, ['carl'], { limits, irc: { operators: ['root:correcthorse'] } });
  const alan = await IrcClient.join(server, 'alan', METADATA);
  await carl.all('JOIN #c', 'JOIN #secret', 'MODE #secret +s');
  const denied = 'You do not have permission to set that';
  assert.deepEqual(
    await alan.all(
      'METADATA',
      'METADATA *',
      'METADATA * GET',
      'METADATA * DESTR0Y',
      'METADATA nobody LIST',
      'METADATA #nowhere LIST',
      'METADATA #secret LIST',
      'METADATA $a:user SET url :x',
      'METADATA carl SET url :x',
      'METADATA carl CLEAR',
      'METADATA #c SET url :x',
      'METADATA * SET $url$ :x',
      'METADATA * SET :a:b :x',
      `METADATA * SET ${'k'.repeat(65)} :x`,
      'METADATA * SET url :01234567890',
      'METADATA * SET url :☎☎☎☎',
    ),
    [
      ':partyline.local 461 alan METADATA :Not enough parameters',
      ':partyline.local 461 alan METADATA :Not enough parameters',
      ':partyline.local 461 alan METADATA :Not enough parameters',
      fail('SUBCOMMAND_INVALID DESTR0Y', 'Invalid subcommand'),
      fail('INVALID_TARGET nobody', 'Invalid metadata target'),
      fail('INVALID_TARGET #nowhere', 'Invalid metadata target'),
      fail('INVALID_TARGET #secret', 'Invalid metadata target'),
      fail('INVALID_TARGET $a:user', 'Invalid metadata target'),
      fail('KEY_NO_PERMISSION carl url', denied),
      fail('KEY_NO_PERMISSION carl *', denied),
      fail('KEY_NO_PERMISSION #c url', denied),
      fail('KEY_INVALID $url$', 'Invalid key'),
      fail('KEY_INVALID *', 'Invalid key'),
      fail(`KEY_INVALID ${'k'.repeat(65)}`, 'Invalid key'),
      fail('VALUE_INVALID', 'Value is too long (at most 10 bytes)'),
      fail('VALUE_INVALID', 'Value is too long (at most 10 bytes)'),
    ],
  );
  await alan.all('METADATA * SET a :1', 'METADATA * SET b :2');
  assert.deepEqual(await alan.all('METADATA * SET c :3', 'METADATA * SET b :4'), [
    fail('LIMIT_REACHED alan', 'At most 2 keys can be set'),
    ':partyline.local 761 alan alan b * :4',
  ]);
  // "Privileged users (e.g. network admins) may be able to set certain metadata on other users".
  await carl.all('OPER root correcthorse');
  assert.deepEqual(await carl.all('METADATA alan SET a :x'), [':partyline.local 761 carl alan a * :x']);
  const labelled = await IrcClient.join(server, 'dora', `${METADATA} labeled-response`);
  assert.match(
    (await labelled.raw('@label=l METADATA * GET a')).join('|'),
    /^@label=l :\S+ BATCH \+(\w+) metadata dora\|@batch=\1 .*\|:\S+ BATCH -\1$/,
  );
});

// "METADATA SUB", "METADATA UNSUB", "METADATA SUBS": "The server MUST process each key in order".
test('subscriptions are taken in order, up to the limit, and listed', async (t) => {
  const [server] = await party(t, [], { limits: { metadata_subscriptions: 3 } });
  const alan = await IrcClient.join(server, 'alan', METADATA);
  assert.deepEqual(await alan.all('METADATA * SUB avatar $url website avatar'), [
    ':partyline.local 770 alan avatar website',
    fail('KEY_INVALID $url', 'Invalid key'),
  ]);
  assert.deepEqual(await alan.all('METADATA * SUB foo bar website'), [
    ':partyline.local 770 alan foo',
    fail('TOO_MANY_SUBS bar', 'You are subscribed to too many keys'),
  ]);
  assert.deepEqual(inBatch(await alan.all('METADATA * SUBS'), '', 'metadata-subs'), [
    ':partyline.local 772 alan avatar website foo',
  ]);
  assert.deepEqual(await alan.all('METADATA * UNSUB foo nope $x'), [
    fail('KEY_INVALID $x', 'Invalid key'),
    ':partyline.local 771 alan foo nope',
  ]);
  await alan.all('METADATA * UNSUB avatar website');
  assert.deepEqual(inBatch(await alan.all('METADATA * SUBS'), '', 'metadata-subs'), []);
});

// "Notifications".
test('those are told who share a channel or watch, of the keys that they want; nobody else is', async (t) => {
  const [server, { old }] = await party(t, ['old']);
  const clients = new Map<string, IrcClient>();
  for (const name of ['alan', 'beth', 'carl', 'dora']) clients.set(name, await IrcClient.join(server, name, METADATA));
  const [alan, beth, carl, dora] = [...clients.values()] as [IrcClient, IrcClient, IrcClient, IrcClient];
  await alan.all('JOIN #a', 'METADATA * SUB url');
  await beth.all('JOIN #a', 'METADATA * SUB url');
  await carl.all('MONITOR + alan', 'METADATA * SUB url');
  await dora.all('JOIN #a', 'METADATA * SUB avatar');
  await old.all('JOIN #a', 'METADATA * SUB url');
  for (const client of [alan, beth, carl, dora, old]) await client.heard();
  const told = ':alan!~alan@127.0.0.1 METADATA alan url * :https://a.example/';
  assert.deepEqual(verbs(await alan.all('METADATA * SET url :https://a.example/', 'METADATA * SET other :x')), [
    '761',
    '761',
  ]);
  assert.deepEqual(await beth.all(), [told]);
  assert.deepEqual(await carl.all(), [told]);
  assert.deepEqual([...(await dora.all()), ...(await old.all())], []);
  await alan.all('METADATA * SET url');
  assert.deepEqual(await beth.all(), [':alan!~alan@127.0.0.1 METADATA alan url *']);
  await beth.all('METADATA * UNSUB url');
  await alan.all('METADATA * SET url :again');
  assert.deepEqual(await beth.all(), []);
  // A channel's: its operators set it, and its members are told.
  await dora.all('METADATA * SUB url');
  assert.deepEqual(await alan.all('METADATA #A SET url :https://c.example/'), [
    ':partyline.local 761 alan #a url * :https://c.example/',
  ]);
  assert.deepEqual(await dora.all(), [':alan!~alan@127.0.0.1 METADATA #a url * :https://c.example/']);
});

// "When subscribing to a key", "On joining a channel", "when they MONITOR a user, or when one of their monitored users
// comes online", and "METADATA SYNC".
test('what is said already is told to whoever subscribes, comes in, watches, or asks', async (t) => {
  const [server] = await party(t, []);
  const alan = await IrcClient.join(server, 'alan', METADATA);
  await alan.all('JOIN #a', 'METADATA * SET url :mine', 'METADATA #a SET url :ours', 'METADATA #a SET other :x');
  const beth = await IrcClient.join(server, 'beth', METADATA);
  await beth.all('METADATA * SET url :hers', 'METADATA * SUB url');
  const both = [':partyline.local METADATA #a url * :ours', ':alan!~alan@127.0.0.1 METADATA alan url * :mine'];
  const hers = ':beth!~beth@127.0.0.1 METADATA beth url * :hers';
  await alan.all('METADATA * SUB url');
  const entered = await beth.all('JOIN #a');
  assert.deepEqual(inBatch(entered.slice(3), '#a'), [...both, hers]);
  assert.deepEqual((await alan.all()).slice(1), [hers]);
  assert.deepEqual(inBatch((await beth.all('METADATA * SUB url')).slice(1), 'beth'), [...both, hers]);
  assert.deepEqual(inBatch(await beth.all('METADATA #a SYNC'), '#a'), [...both, hers]);
  assert.deepEqual(inBatch(await beth.all('METADATA alan SYNC'), 'alan'), both.slice(1));
  const carl = await IrcClient.join(server, 'carl', METADATA);
  await carl.all('METADATA * SUB url');
  assert.deepEqual(inBatch((await carl.all('MONITOR + alan,nobody')).slice(2), 'alan'), both.slice(1));
  // Not a member: of the channel alone.
  assert.deepEqual(inBatch(await carl.all('METADATA #a SYNC'), '#a'), both.slice(0, 1));
  await carl.all('MONITOR + dora');
  const dora = new IrcClient(await server.open());
  await dora.all(
    'CAP REQ :batch draft/metadata-2',
    'NICK dora',
    'METADATA * SET url :early',
    'USER d 0 * :D',
    'CAP END',
  );
  const online = await carl.all();
  assert.match(online[0] ?? '', / 730 carl :?dora!/);
  assert.deepEqual(inBatch(online.slice(1), 'dora'), [':dora!~d@127.0.0.1 METADATA dora url * :early']);
});

// "before-connect"; "Upon requesting the metadata capability, clients receive their [...] metadata in a metadata batch
// with their own nick as target. If none exists, the server MUST send an empty batch instead."
test('before it is registered a client says things about itself alone, and is told all of it when it is', async (t) => {
  const [server, { old }] = await party(t, ['old']);
  const client = new IrcClient(await server.open());
  assert.deepEqual((await client.all('CAP LS', 'METADATA * LIST')).slice(1), [
    ':partyline.local 451 * :You have not registered',
  ]);
  assert.deepEqual(
    await client.all(
      'CAP REQ :batch draft/metadata-2',
      'METADATA * SET display-name :Early',
      'METADATA * SUB display-name',
      'METADATA old LIST',
    ),
    [
      ':partyline.local CAP * ACK :batch draft/metadata-2',
      ':partyline.local 761 * * display-name * :Early',
      ':partyline.local 770 * display-name',
      fail('INVALID_TARGET old', 'Invalid metadata target'),
    ],
  );
  const greeting = await client.all('NICK alan', 'USER a 0 * :A', 'CAP END');
  const start = greeting.findIndex((line) => line.endsWith(' metadata alan'));
  assert.deepEqual(inBatch(greeting.slice(start, start + 3), 'alan'), [
    ':alan!~a@127.0.0.1 METADATA alan display-name * :Early',
  ]);
  assert.ok(verbs(greeting.slice(start + 3)).includes('422'));
  assert.deepEqual(inBatch((await old.all('CAP REQ :batch draft/metadata-2')).slice(1), 'old'), []);
});

test('an account keeps what it says, on all devices and over a restart; a registered channel does as well', async (t) => {
  const folder = newFolder();
  const databaseFile = join(folder, 'partyline.db');
  const [server] = await party(t, [], { databaseFile });
  await makeAccount(server, 'alan');
  const { client: alan } = await openDevice(server, 'alan', { capabilities: METADATA });
  const { client: other } = await openDevice(server, 'alan', { capabilities: METADATA });
  await other.all('METADATA * SUB status');
  await alan.all('METADATA * SET status :here', 'JOIN #mine', 'CS REGISTER #mine', 'JOIN #free');
  assert.equal(withVerb('METADATA', await other.heard())[0], ':alan!~alan@127.0.0.1 METADATA alan status * :here');
  await alan.all('METADATA #mine SET url :x', 'METADATA #free SET url :x', 'RENAME #mine #ours');
  await server.close();
  const [again] = await party(t, [], { databaseFile });
  removeAfter(t, folder);
  const guest = await IrcClient.join(again, 'guest', METADATA);
  assert.deepEqual(inBatch(await guest.all('METADATA #ours LIST'), '#ours'), [
    ':partyline.local 761 guest #ours url * :x',
  ]);
  await guest.all('JOIN #free', 'JOIN #mine');
  assert.deepEqual(inBatch(await guest.all('METADATA #free LIST'), '#free'), []);
  assert.deepEqual(inBatch(await guest.all('METADATA #mine LIST'), '#mine'), []);
  const { greeting } = await openDevice(again, 'alan', { capabilities: METADATA });
  assert.deepEqual(withVerb('METADATA', greeting), [':alan!~alan@127.0.0.1 METADATA alan status * :here']);
});

// "Servers MAY respond with FAIL METADATA RATE_LIMITED and fail the request."
test('what comes too fast is refused with the time to wait', async (t) => {
  const limits = { enabled: true, command_burst: 2, commands_per_second: 0.01 };
  const [server] = await party(t, [], { limits });
  const alan = await IrcClient.join(server, 'alan', METADATA);
  alan.send('METADATA * SET a :1', 'METADATA * SET a :2', 'METADATA * SET a :3');
  assert.match(
    await alan.text.until(' s\r\n'),
    /FAIL METADATA RATE_LIMITED \* a (\d+) :Too many changes; try again in \1 s\r\n$/,
  );
});

// RFC 2812 section 2.3: how the bytes are cut up means nothing.
test('a conversation about metadata goes the same in one piece and byte by byte', async (t) => {
  const lines = ['METADATA * SET a :one ☎', 'METADATA * SUB a b', 'METADATA * GET a b', 'METADATA * CLEAR'];
  const bytes = Buffer.from(lines.map((line) => `${line}\r\n`).join(''));
  const told: string[][] = [];
  for (const pieces of [[bytes], cutAt(bytes, [...bytes.keys()])]) {
    const [server] = await party(t, []);
    const alan = await IrcClient.join(server, 'alan', METADATA);
    for (const piece of pieces) {
      alan.text.send(piece);
      await new Promise(setImmediate);
    }
    told.push(await alan.heard());
  }
  assert.ok((told[0]?.length ?? 0) > 7);
  assert.deepEqual(told[1], told[0]);
});
