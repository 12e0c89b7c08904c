// JOIN and PART: RFC 2812 sections 3.2.1 and 3.2.2, Modern, IRCv3 extended-join and no-implicit-names.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutAt } from '../support/cut.ts';
import { IrcClient } from '../support/irc-client.ts';
import { withVerb, party, verbs } from '../support/irc-party.ts';

// RFC 2812 section 3.2.1: the topic and the names follow a JOIN; Modern: a channel without a topic sends no 331.
test('JOIN is answered with itself, the names and their end, and nothing else', async (t) => {
  const [, { alan }] = await party(t, ['alan']);
  assert.deepEqual(verbs(await alan.all('JOIN #a')), ['JOIN', '353', '366']);
  assert.deepEqual(await alan.all('JOIN #a', 'JOIN #A'), [], 'whoever is in already is told nothing');
});

// Modern, "JOIN message": 403 for a name that is none, and the others are joined all the same.
test('a list with a bad name in it joins the good ones and names the bad one', async (t) => {
  const [server] = await party(t, []);
  const alan = await IrcClient.join(server, 'alan', 'labeled-response batch');
  const lines = await alan.raw('@label=x JOIN #good,b@d');
  assert.deepEqual(lines, [
    '@label=x :partyline.local BATCH +l1 labeled-response',
    '@batch=l1 :alan!~alan@127.0.0.1 JOIN #good',
    '@batch=l1 :partyline.local 353 alan = #good :@alan',
    '@batch=l1 :partyline.local 366 alan #good :End of /NAMES list',
    '@batch=l1 :partyline.local 403 alan b@d :No such channel',
    ':partyline.local BATCH -l1',
  ]);
});

// RFC 2812 section 3.2.1: keys stand in the order of the channels.
test('each channel of a list takes the key in its place', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all('JOIN #a,#b,#c', 'MODE #a +k one', 'MODE #c +k three');
  assert.equal(withVerb('JOIN', await beth.all('JOIN #a,#b,#c one,,three')).length, 3);
  await beth.all('PART #a,#b,#c');
  assert.deepEqual(withVerb('475', await beth.all('JOIN #a,#b,#c one')), [
    ':partyline.local 475 beth #c :Cannot join channel (+k)',
  ]);
});

// Modern, "ERR_TOOMANYCHANNELS"; ISUPPORT CHANLIMIT.
test('nobody gets into more channels than CHANLIMIT says', async (t) => {
  const [, { alan }] = await party(t, ['alan'], { limits: { rooms_per_session: 2 } });
  assert.ok((await alan.all('VERSION')).some((line) => line.includes(' CHANLIMIT=#:2 ')));
  assert.deepEqual(withVerb('405', await alan.all('JOIN #a,#b,#c')), [
    ':partyline.local 405 alan #c :You have joined too many channels',
  ]);
});

// RFC 2812 section 2.2 and ISUPPORT CASEMAPPING: a channel is one, however its name is spelled.
test('a channel keeps the spelling of its maker', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all('JOIN #Chan');
  assert.equal((await beth.all('JOIN #cHAN'))[0], ':beth!~beth@127.0.0.1 JOIN #Chan');
  assert.deepEqual(await alan.heard(), [':beth!~beth@127.0.0.1 JOIN #Chan']);
  assert.deepEqual(verbs(await alan.all('JOIN #chana')), ['JOIN', '353', '366'], 'another name, another channel');
  assert.deepEqual(await beth.heard(), []);
});

// IRCv3 extended-join: the account, or *, and the real name.
test('extended-join tells the account and the real name to whoever asks, and to nobody else', async (t) => {
  const [server, { old }] = await party(t, ['old']);
  const modern = await IrcClient.join(server, 'modern', 'extended-join');
  assert.equal((await modern.all('JOIN #a'))[0], ':modern!~modern@127.0.0.1 JOIN #a * :Real modern');
  await old.all('JOIN #a');
  assert.deepEqual(await modern.heard(), [':old!~old@127.0.0.1 JOIN #a * :Real old']);
});

// IRCv3 no-implicit-names: no 353 and 366 after JOIN; NAMES still works.
for (const capability of ['no-implicit-names', 'draft/no-implicit-names']) {
  test(`${capability} keeps the names from being sent unasked`, async (t) => {
    const [server] = await party(t, []);
    const alan = await IrcClient.join(server, 'alan', capability);
    assert.deepEqual(verbs(await alan.all('JOIN #a')), ['JOIN']);
    assert.deepEqual(verbs(await alan.all('NAMES #a')), ['353', '366']);
  });
}

// Channel forwarding (+f) as others have it: 470, then the other channel is joined.
test('a channel that keeps somebody out may send them on to another', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all('JOIN #a,#next');
  await beth.all('JOIN #theirs');
  assert.deepEqual(await alan.all('MODE #a +f #none', 'MODE #a +f #theirs', 'MODE #a +f #Next', 'MODE #a +i'), [
    ':partyline.local 696 alan #a f #none :No such channel',
    ':partyline.local 482 alan #theirs :You need +o or higher on that channel',
    ':alan!~alan@127.0.0.1 MODE #a +f #Next',
    ':alan!~alan@127.0.0.1 MODE #a +i',
  ]);
  assert.deepEqual((await beth.all('JOIN #a')).slice(0, 2), [
    ':partyline.local 470 beth #a #next :Forwarding to another channel',
    ':beth!~beth@127.0.0.1 JOIN #next',
  ]);
  await beth.all('PART #next');
  await alan.all('PART #next');
  assert.deepEqual(await beth.all('JOIN #a'), [':partyline.local 473 beth #a :Cannot join channel (+i)']);
});

// ISUPPORT TARGMAX has no limit for JOIN and PART: the line is the limit. RFC 2812 section 3.2.1: JOIN 0.
test('JOIN and PART take as many channels as fit into a line; JOIN 0 leaves all of them', async (t) => {
  const [, { alan }] = await party(t, ['alan'], { limits: { rooms_per_session: 200 } });
  const channels = Array.from({ length: 120 }, (_, index) => `#${index.toString(36)}`).join(',');
  assert.equal(withVerb('JOIN', await alan.all(`JOIN ${channels}`)).length, 120);
  assert.equal(withVerb('PART', await alan.all(`PART ${channels} :all`)).length, 120);
  await alan.all('JOIN #a,#b');
  assert.deepEqual(await alan.all('JOIN 0'), [
    ':alan!~alan@127.0.0.1 PART #a :Left all channels',
    ':alan!~alan@127.0.0.1 PART #b :Left all channels',
  ]);
});

// RFC 2812 section 3.2.2: 403, 442; the message is for everybody in the channel.
test('PART is told to everybody in the channel, its author included', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all('JOIN #a');
  await beth.all('JOIN #a');
  await alan.heard();
  const parted = [':beth!~beth@127.0.0.1 PART #a :bye everyone'];
  assert.deepEqual(await beth.all('PART #A :bye everyone'), parted);
  assert.deepEqual(await alan.heard(), parted);
  assert.deepEqual(await beth.all('PART #a', 'PART #none', 'PART none'), [
    ":partyline.local 442 beth #a :You're not on that channel",
    ':partyline.local 403 beth #none :No such channel',
    ':partyline.local 403 beth none :No such channel',
  ]);
  assert.deepEqual(await alan.all('PART #a'), [':alan!~alan@127.0.0.1 PART #a']);
});

// Modern, "Secret channel mode": whoever is not in it cannot tell it from one that is not there.
test('to an outsider a secret channel is no channel', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all('JOIN #a', 'MODE #a +s');
  const asked = ['PART #X', 'KICK #X alan', 'INVITE alan #X', 'TOPIC #X', 'TOPIC #X :mine', 'NAMES #X', 'WHO #X'];
  const ask = async (name: string): Promise<string[]> =>
    (await beth.all(...asked.map((line) => line.replace('#X', name)))).map((line) => line.replace(name, '#X'));
  assert.deepEqual(await ask('#a'), await ask('#none'));
});

const CONVERSATION = [
  'CAP LS 302',
  'CAP REQ :multi-prefix extended-join',
  'NICK alan',
  'USER alan 0 * :Alan T',
  'CAP END',
  'JOIN #a,#b',
  'TOPIC #a :all are welcome',
  'MODE #a +v alan',
  'NAMES #a,#b',
  'WHO #a %tnf,7',
  'INVITE nobody #a',
  'KICK #b alan :gone',
  'PART #a :bye',
  'PING end',
];

/** What a conversation is answered with, except for what depends on the time. */
async function answers(client: IrcClient): Promise<string[]> {
  const text = await client.text.until('partyline.local :end\r\n');
  return text.split('\r\n').map((line) => line.replace(/ \d{10}$/, ' TIME').replace(/ 00[23] .*/, ''));
}

// RFC 2812 section 2.3: messages end with CR LF; how the bytes are cut up means nothing.
test('a conversation goes the same in one piece, byte by byte, and with bare newlines', async (t) => {
  const stream = Buffer.from(CONVERSATION.map((line) => `${line}\r\n`).join(''));
  const bare = Buffer.from(stream.toString().replaceAll('\r\n', '\n'));
  const eachByte = Array.from({ length: stream.length }, (_, index) => index);
  const told: string[][] = [];
  for (const pieces of [[stream], cutAt(stream, eachByte), cutAt(stream, [1, 10, 57, 58, 59, 130]), [bare]]) {
    const [server] = await party(t, []);
    const client = new IrcClient(await server.open());
    for (const piece of pieces) {
      client.text.send(piece);
      await new Promise(setImmediate);
    }
    told.push(await answers(client));
  }
  const [whole = []] = told;
  assert.equal(withVerb('JOIN', whole).length, 2);
  assert.equal(withVerb('KICK', whole).length, 1);
  for (const other of told.slice(1)) assert.deepEqual(other, whole);
});
