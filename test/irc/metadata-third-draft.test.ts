// IRCv3 metadata in its third draft (draft/metadata-3), where it differs from the second.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { offered, withVerb, party, verbs } from '../support/irc-party.ts';
import type { TestServer } from '../support/test-server.ts';

const THIRD = 'batch draft/metadata-3';

const value = (to: string, rest: string): string => `:partyline.local 761 ${to} ${rest}`;
const notSet = (to: string, rest: string): string => `:partyline.local 766 ${to} ${rest} :Key not set`;
const reply = (type: string, rest: string): string => `:partyline.local ${type} METADATA ${rest}`;

/** A batch without its ends. */
function inBatch(lines: readonly string[], target: string): string[] {
  assert.match(lines[0] ?? '', new RegExp(`^:partyline\\.local BATCH \\+\\w+ metadata ${target.replace('*', '\\*')}$`));
  assert.match(lines.at(-1) ?? '', /^:partyline\.local BATCH -\w+$/);
  return lines.slice(1, -1);
}

async function two(t: TestContext): Promise<{ server: TestServer; alan: IrcClient; beth: IrcClient }> {
  const [server] = await party(t, [], { limits: { metadata_keys: 2, metadata_subscriptions: 3 } });
  const [alan, beth] = [await IrcClient.join(server, 'alan', THIRD), await IrcClient.join(server, 'beth', THIRD)];
  return { server, alan, beth };
}

// "Clients MUST NOT request more than one [...] Servers MUST NOT accept these requests either."
test('one draft is spoken at a time, and what was subscribed to goes with it', async (t) => {
  const { server, alan } = await two(t);
  const client = new IrcClient(await server.open());
  const limits = 'before-connect,max-subs=3,max-keys=2,max-value-bytes=300,max-key-bytes=64';
  assert.ok((await offered(client)).includes(`draft/metadata-3=${limits}`));
  assert.match((await client.all('CAP REQ :draft/metadata-2 draft/metadata-3'))[0] ?? '', / NAK /);
  assert.match((await alan.all('CAP REQ draft/metadata-2'))[0] ?? '', / NAK /);
  await alan.all('METADATA * SUB url');
  assert.match((await alan.all('CAP REQ :-draft/metadata-3 draft/metadata-2'))[0] ?? '', / ACK /);
  await alan.all('CAP REQ -draft/metadata-2', 'CAP REQ draft/metadata-3');
  assert.deepEqual(withVerb('772', await alan.all('METADATA * SUBS')), []);
});

// "Notifications": "either a 761 RPL_KEYVALUE [...] or a 766 RPL_KEYNOTSET".
test('subscribers are told in numerics, those of the second draft in its words', async (t) => {
  const { server, alan, beth } = await two(t);
  const old = await IrcClient.join(server, 'old', 'batch draft/metadata-2');
  for (const client of [beth, old]) await client.all('METADATA * SUB url');
  for (const client of [alan, beth, old]) await client.all('JOIN #a');
  for (const client of [alan, beth, old]) await client.heard();
  await alan.all('METADATA * SET url :https://a.example/', 'METADATA #a SET url u', 'METADATA * SET url');
  assert.deepEqual(await beth.heard(), [
    value('beth', 'alan url * :https://a.example/'),
    value('beth', '#a url * :u'),
    notSet('beth', 'alan url'),
  ]);
  assert.deepEqual(await old.heard(), [
    ':alan!~alan@127.0.0.1 METADATA alan url * :https://a.example/',
    ':alan!~alan@127.0.0.1 METADATA #a url * :u',
    ':alan!~alan@127.0.0.1 METADATA alan url *',
  ]);
});

// "METADATA SUB": "a `metadata` batch with `*ALL` [...] or a 774 ERR_METADATASYNCLATER"; "METADATA SYNC".
test('who subscribes to something new is told to ask, for everybody whom it may be told of', async (t) => {
  const { server, alan, beth } = await two(t);
  const carl = await IrcClient.join(server, 'carl', THIRD);
  await IrcClient.join(server, 'dora', THIRD);
  for (const client of [alan, beth]) await client.all('JOIN #a');
  await alan.all('METADATA * SET url a');
  await carl.all('METADATA * SET url c');
  await beth.all('MONITOR + carl');
  await beth.heard();
  const later = ':partyline.local 774 beth *ALL 0 :Ask for it with METADATA *ALL SYNC';
  assert.deepEqual(await beth.all('METADATA * SUB url bad$'), [
    ':partyline.local 770 beth url',
    reply('WARN', 'INVALID_KEY bad$ :Invalid key'),
    later,
  ]);
  assert.deepEqual(await beth.all('METADATA beth SUB url'), [':partyline.local 770 beth url'], 'nothing new');
  assert.deepEqual(inBatch(await beth.all('METADATA *ALL SYNC'), '*ALL'), [
    value('beth', 'alan url * :a'),
    value('beth', 'carl url * :c'),
  ]);
  assert.deepEqual(await beth.all('METADATA * SUB one two three four'), [
    ':partyline.local 770 beth one two',
    reply('FAIL', 'LIMIT_REACHED SUB three 3 :You are subscribed to too many keys'),
    later,
  ]);
  assert.deepEqual(await beth.all('METADATA alan SUB url', 'METADATA #a SUBS'), [
    reply('FAIL', 'INVALID_TARGET alan :Invalid metadata target'),
    reply('FAIL', 'INVALID_TARGET #a :Invalid metadata target'),
  ]);
});

// "Automatic synchronization": "MUST send either a `metadata` batch [...] or a 774".
test('who comes into a channel, or watches somebody, is told also that there is nothing', async (t) => {
  const { alan, beth } = await two(t);
  await alan.all('JOIN #a', 'METADATA #a SET url u');
  assert.deepEqual(inBatch((await alan.all('JOIN #b')).slice(-2), '#b'), []);
  assert.deepEqual(inBatch((await beth.all('MONITOR + alan')).slice(-2), 'alan'), []);
  await beth.all('METADATA * SUB url');
  assert.deepEqual(inBatch((await beth.all('JOIN #a')).slice(-3), '#a'), [value('beth', '#a url * :u')]);
});

// "Replies", the table of standard replies.
test('what is wrong is said in the codes of the third draft; to take away what is not there is not wrong', async (t) => {
  const { alan } = await two(t);
  assert.deepEqual(
    await alan.all(
      'METADATA * SNEEZE',
      'METADATA * SET bad$ x',
      `METADATA * SET url :${'x'.repeat(301)}`,
      'METADATA beth SET url x',
      'METADATA beth CLEAR',
      'METADATA * SET url',
    ),
    [
      reply('FAIL', 'INVALID_PARAMS SNEEZE :Invalid subcommand'),
      reply('FAIL', 'INVALID_KEY bad$ :Invalid key'),
      reply('FAIL', 'INVALID_VALUE url :Value is too long (at most 300 bytes)'),
      reply('FAIL', 'KEY_NO_PERMISSION beth url :You do not have permission to set that'),
      reply('FAIL', 'KEY_NO_PERMISSION beth * :You do not have permission to set that'),
      notSet('alan', 'alan url'),
    ],
  );
  await alan.all('METADATA * SET one 1', 'METADATA * SET two 2');
  assert.deepEqual(await alan.all('METADATA * SET three 3'), [
    reply('FAIL', 'LIMIT_REACHED SET alan 2 :At most 2 keys can be set'),
  ]);
});

test('what is said about a channel is not for those who cannot come in', async (t) => {
  const { alan, beth } = await two(t);
  await beth.all('METADATA * SUB url');
  await alan.all('JOIN #a', 'METADATA #a SET url hidden', 'MODE #a +i');
  for (const asked of ['GET url', 'LIST', 'SYNC']) {
    assert.deepEqual(await beth.all(`METADATA #a ${asked}`), [
      reply('FAIL', 'INVALID_TARGET #a :Invalid metadata target'),
    ]);
  }
  await alan.all('MODE #a -i');
  assert.deepEqual(inBatch(await beth.all('METADATA #a GET url'), '#a'), [value('beth', '#a url * :hidden')]);
});

// "775 ERR_METADATARATELIMIT": what was sent is sent back, to be sent again.
test('what comes too fast is sent back with the time to wait', async (t) => {
  const [server] = await party(t, [], { limits: { enabled: true, command_burst: 5, commands_per_second: 0.01 } });
  const alan = await IrcClient.join(server, 'alan', THIRD);
  const lines = await alan.all(...Array.from({ length: 12 }, () => 'METADATA * SET url :a b'));
  assert.match(lines.at(-1) ?? '', /^:partyline\.local 775 alan \d+ \* SET url :a b$/);
  assert.ok(verbs(lines).includes('761'));
});
