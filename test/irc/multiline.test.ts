// IRCv3 multiline.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { cutAt } from '../support/cut.ts';
import { IrcClient } from '../support/irc-client.ts';
import { offered, withVerb, party } from '../support/irc-party.ts';
import { startKeptServer } from '../support/kept-server.ts';
import type { Changes, TestServer } from '../support/test-server.ts';

const TAGS = 'message-tags batch echo-message labeled-response server-time';
const MODERN = `${TAGS} draft/multiline draft/chathistory`;

/** Some lines to #a, the ones that begin with + going on from the line before. */
function batch(reference: string, target: string, ...lines: readonly string[]): string[] {
  return [
    `BATCH +${reference} draft/multiline ${target}`,
    ...lines.map((line) =>
      line.startsWith('+')
        ? `@batch=${reference};draft/multiline-concat PRIVMSG ${target} :${line.slice(1)}`
        : `@batch=${reference} PRIVMSG ${target} :${line}`,
    ),
    `BATCH -${reference}`,
  ];
}

async function inRoom(
  t: TestContext,
  capabilities: readonly string[],
  changes: Changes = {},
): Promise<[TestServer, ...IrcClient[]]> {
  const [server] = await party(t, [], changes);
  const clients: IrcClient[] = [];
  for (const [index, names] of capabilities.entries()) {
    const client = await IrcClient.join(server, ['alan', 'beth', 'carl'][index] ?? '', names);
    await client.all('JOIN #a');
    clients.push(client);
  }
  for (const client of clients) await client.heard();
  return [server, ...clients];
}

// "a REQUIRED value"; "The capability MUST be advertised by servers with a REQUIRED value".
test('the limits are told with the capability', async (t) => {
  const [server] = await party(t, [], { limits: { multiline_bytes: 1000, multiline_lines: 7 } });
  const client = new IrcClient(await server.open());
  assert.ok((await offered(client)).includes('draft/multiline=max-bytes=1000,max-lines=7'));
});

// Everything in "Examples": the batch to those who know it, in the lines of its author to others, id and label once.
test('a message of several lines is one batch to those who know it, lines to others, and one answer', async (t) => {
  const [, alan, beth, carl] = (await inRoom(t, [MODERN, MODERN, TAGS])) as [
    TestServer,
    IrcClient,
    IrcClient,
    IrcClient,
  ];
  const [begin = '', ...rest] = batch('123', '#a', 'hello', '#how is ', '+everyone?');
  const echo = await alan.raw(`@label=xyz;+client=1 ${begin}`, ...rest);
  const [, id = ''] = /msgid=(\w+)/.exec(echo[0] ?? '') ?? [];
  assert.match(
    echo[0] ?? '',
    new RegExp(`^@label=xyz;time=\\S+;msgid=${id};\\+client=1 :alan!\\S+ BATCH \\+${id} draft/multiline #a$`),
  );
  const lines = [
    `@batch=${id} :alan!~alan@127.0.0.1 PRIVMSG #a :hello`,
    `@batch=${id} :alan!~alan@127.0.0.1 PRIVMSG #a :#how is `,
    `@batch=${id};draft/multiline-concat :alan!~alan@127.0.0.1 PRIVMSG #a :everyone?`,
    `:alan!~alan@127.0.0.1 BATCH -${id}`,
  ];
  assert.deepEqual(echo.slice(1), lines);
  const relayed = await beth.raw();
  assert.equal(`@label=xyz;${relayed[0]?.slice(1)}`, echo[0]);
  assert.deepEqual(relayed.slice(1), lines);
  const fallback = await carl.raw();
  assert.deepEqual(
    fallback.map((line) => line.replace(/time=\S+Z/, 'T')),
    [
      `@T;msgid=${id};+client=1 :alan!~alan@127.0.0.1 PRIVMSG #a :hello`,
      '@T;+client=1 :alan!~alan@127.0.0.1 PRIVMSG #a :#how is ',
      '@T;+client=1 :alan!~alan@127.0.0.1 PRIVMSG #a :everyone?',
    ],
  );
});

// "Servers MUST NOT reject blank lines"; "Servers MUST NOT send blank lines to clients that have not negotiated".
test('blank lines are for those who know such messages', async (t) => {
  const [, alan, beth, carl] = (await inRoom(t, [MODERN, MODERN, TAGS])) as [
    TestServer,
    IrcClient,
    IrcClient,
    IrcClient,
  ];
  await alan.all(...batch('1', '#a', '', 'one', '', 'two'));
  assert.deepEqual(
    withVerb('PRIVMSG', await beth.all()).map((line) => line.split(' :').at(-1)),
    ['', 'one', '', 'two'],
  );
  assert.deepEqual(
    (await carl.all()).map((line) => line.split(' :').at(-1)),
    ['one', 'two'],
  );
});

test('history has a message of several lines as a batch in the batch', async (t) => {
  const [, alan, carl] = (await inRoom(t, [MODERN, `${TAGS} draft/chathistory`])) as [TestServer, IrcClient, IrcClient];
  await alan.all(...batch('1', '#a', 'one', 'two'), 'PRIVMSG #a :three');
  const history = (await alan.raw('CHATHISTORY LATEST #a * 5')).map((line) => line.replace(/time=\S+?Z/, 'T'));
  const [, outer = ''] = /BATCH \+(\S+) chathistory #a/.exec(history[0] ?? '') ?? [];
  const [, id = ''] = /BATCH \+(\S+) draft/.exec(history[1] ?? '') ?? [];
  const by = ':alan!~alan@127.0.0.1';
  assert.deepEqual(history.slice(1, 5), [
    `@batch=${outer};T;msgid=${id} ${by} BATCH +${id} draft/multiline #a`,
    `@batch=${id} ${by} PRIVMSG #a :one`,
    `@batch=${id} ${by} PRIVMSG #a :two`,
    `@batch=${outer} ${by} BATCH -${id}`,
  ]);
  assert.match(history[5] ?? '', new RegExp(`^@batch=${outer};T;msgid=\\w+ ${by} PRIVMSG #a :three$`));
  await carl.heard();
  const told = withVerb('PRIVMSG', await carl.all('CHATHISTORY LATEST #a * 5'));
  assert.deepEqual(
    told.map((line) => line.split(' :').at(-1)),
    ['one', 'two', 'three'],
  );
});

test('plain people see who said each line, whatever is in it', async (t) => {
  const [server] = await party(t, []);
  const bare = await server.welcomed();
  const alan = await IrcClient.join(server, 'alan', MODERN);
  await alan.all('JOIN #lobby', ...batch('1', '#lobby', 'one', '', '* beth left', '+ for good', '<beth> :x\u0007'));
  assert.equal(await bare.until('x\u2407\n'), '<alan> :one\n<alan> :* beth left for good\n<alan> :<beth> :x\u2407\n');
});

test('private messages and notices have several lines, too', async (t) => {
  const [, alan, beth] = (await inRoom(t, [MODERN, MODERN])) as [TestServer, IrcClient, IrcClient];
  await alan.all(...batch('1', 'beth', 'psst', 'you'));
  assert.match((await beth.all()).join('|'), /BATCH \+\w+ draft\/multiline beth\|.* PRIVMSG beth :psst\|.* :you\|/);
  await alan.all(...batch('2', '#a', 'a', 'b').map((line) => line.replace('PRIVMSG', 'NOTICE')));
  assert.match((await beth.all()).join('|'), /NOTICE #a :a\|.* NOTICE #a :b\|/);
  assert.deepEqual(await alan.all(...batch('3', 'nobody', 'a', 'b')), [
    ':partyline.local 401 alan nobody :No such nick/channel',
  ]);
});

// "Errors": MULTILINE_MAX_BYTES, MULTILINE_MAX_LINES, MULTILINE_INVALID_TARGET, MULTILINE_INVALID.
test('what is wrong in a batch ends it, is told once, and nothing of it is said', async (t) => {
  const limits = { multiline_lines: 3, multiline_bytes: 1000 };
  const [, alan, beth] = (await inRoom(t, [MODERN, MODERN], { limits })) as [TestServer, IrcClient, IrcClient];
  const fail = async (...lines: readonly string[]): Promise<string> =>
    (await alan.all(...lines)).map((line) => line.replace(':partyline.local FAIL BATCH ', '')).join('|');
  assert.equal(await fail(...batch('1', '#a', '1', '2', '3', '4', '5')), 'MULTILINE_MAX_LINES 3 :Too many lines');
  const long = 'x'.repeat(400);
  assert.equal(await fail(...batch('2', '#a', long, long, long)), 'MULTILINE_MAX_BYTES 1000 :Too many bytes');
  assert.equal(
    await fail('BATCH +3 draft/multiline #a', '@batch=3 PRIVMSG #b :hi', 'BATCH -3'),
    'MULTILINE_INVALID_TARGET #a #b :Invalid multiline target',
  );
  assert.equal(
    await fail('BATCH +4 draft/multiline #a', '@batch=5 PRIVMSG #a :hi'),
    'MULTILINE_INVALID :There is no such batch',
  );
  assert.equal(await fail(...batch('6', '#a', 'hi', '+')), 'MULTILINE_INVALID :Invalid line in a batch');
  assert.equal(await fail(...batch('7', '#a', '', '')), 'MULTILINE_INVALID :There is nothing in the batch');
  assert.equal(await fail(...batch('8', '#a')), 'MULTILINE_INVALID :There is nothing in the batch');
  assert.equal(await fail('BATCH -9'), 'MULTILINE_INVALID :There is no such batch');
  assert.equal(await fail('BATCH +9 netsplit a'), 'MULTILINE_INVALID :Invalid batch');
  assert.equal(await fail(...batch('10', '#a', '\u0001VERSION\u0001')), 'MULTILINE_INVALID :Invalid line in a batch');
  assert.equal(
    await fail('BATCH +11 draft/multiline #a', '@batch=11 TOPIC #a :x', 'BATCH -11'),
    'MULTILINE_INVALID :A batch has PRIVMSG in it, or NOTICE',
  );
  assert.equal(
    await fail('@label=x BATCH +12 draft/multiline #a', '@batch=12 JOIN #b').then((text) => text.slice(0, 17)),
    'MULTILINE_INVALID',
  );
  assert.deepEqual(await beth.all(), []);
  await alan.all(...batch('13', '#a', 'still', 'here'));
  assert.equal(withVerb('PRIVMSG', await beth.all()).length, 2);
});

// labeled-response: one answer to one request, also when it is refused.
test('a batch that fails is answered with the label that it began with', async (t) => {
  const [, alan] = (await inRoom(t, [MODERN])) as [TestServer, IrcClient];
  const [begin = '', ...rest] = batch('1', '#nowhere', 'a', 'b');
  const answer = await alan.raw(`@label=one ${begin}`, ...rest);
  assert.match(answer.join('|'), /^@label=one;time=\S+ :partyline.local 403 alan #nowhere :No such channel$/);
  const [other = ''] = batch('2', '#a');
  assert.match(
    (await alan.raw(`@label=two ${other}`, 'BATCH -2')).join('|'),
    /^@label=two;time=\S+ .* MULTILINE_INVALID /,
  );
});

test('many lines cost more than one, and what comes too fast is not said at all', async (t) => {
  const limits = { enabled: true, command_burst: 2, commands_per_second: 0.01 };
  const [server] = await party(t, [], { limits });
  const [alan, beth, carl] = [
    await IrcClient.join(server, 'alan', MODERN),
    await IrcClient.join(server, 'beth', MODERN),
    await IrcClient.join(server, 'carl', MODERN),
  ];
  const lines = Array.from({ length: 20 }, (_, index) => `line ${index}`);
  const [begin = '', ...rest] = batch('1', 'carl', ...lines);
  await alan.all('TIME');
  alan.send(`@label=one ${begin}`, ...rest);
  assert.match(
    await alan.text.until('\r\n'),
    /^@label=one;time=\S+ :partyline.local FAIL BATCH RATE_LIMITED :Not sent: /,
  );
  // What is left of it is the allowance for one line more.
  beth.send(...batch('1', 'carl', 'a', 'b', 'c'), 'TIME');
  assert.match(await beth.text.until('too fast'), /^\S+ :beth!\S+ BATCH \+\w+ draft\/multiline carl\r\n/);
  assert.deepEqual(
    withVerb('PRIVMSG', await carl.all()).map((line) => line.split(' :').at(-1)),
    ['a', 'b', 'c'],
  );
});

test('a long line of a plain client is one message to those who know such', async (t) => {
  const [server] = await party(t, []);
  const plain = await server.welcomed();
  const alan = await IrcClient.join(server, 'alan', MODERN);
  await alan.all('JOIN #lobby');
  const text = 'word '.repeat(200).trim();
  plain.send(`${text}\n`);
  const told = (await alan.text.until(' BATCH -')).split('\r\n').slice(1, -1);
  assert.deepEqual(
    told.map((line) => line.includes('draft/multiline-concat')),
    told.map((_, index) => index > 0),
  );
  assert.equal(told.map((line) => line.split(' PRIVMSG #lobby :')[1]).join(''), text);
});

// IRCv3 client-batch, "Errors": "TIMEOUT <reference-tag>: the batch was left open for too long, all past and future
// messages in this batch will be ignored."
test('a batch that is never ended is given up, and nothing of it is said', async (t) => {
  const [, alan, beth] = (await inRoom(t, [MODERN, MODERN], { irc: { multiline_ms: 100 } })) as [
    TestServer,
    IrcClient,
    IrcClient,
  ];
  const [begin = '', ...rest] = batch('slow', '#a', 'one', 'two');
  alan.send(begin, ...rest.slice(0, 1));
  assert.match(await alan.line(), /^:partyline\.local FAIL BATCH TIMEOUT slow :Batch timed out$/);
  assert.deepEqual(await alan.all(...rest.slice(1)), []);
  assert.deepEqual(await beth.all(), []);
  const leaving = batch('cut', '#a', 'a', 'b').slice(0, -1);
  alan.send(...leaving, 'QUIT');
  await alan.text.end();
  assert.deepEqual(
    (await beth.all()).map((line) => line.split(' ')[1]),
    ['QUIT'],
  );
});

test('search finds a message of several lines, and those who are shown it in one line see where lines ended', async (t) => {
  const server = await startKeptServer(t);
  const alan = await IrcClient.join(server, 'alan', `${MODERN} soju.im/search`);
  const beth = await IrcClient.join(server, 'beth');
  const plain = await server.welcomed();
  await beth.all('JOIN #lobby');
  await alan.all('JOIN #lobby', ...batch('1', '#lobby', 'roses are red', '', 'violets are blue'));
  await beth.heard();
  const found = await alan.all('SEARCH text=roses\\sviolets');
  assert.deepEqual(
    found.slice(2, -2).map((line) => line.split(' :')[1]),
    ['roses are red', '', 'violets are blue'],
  );
  beth.send('HISTSERV SEARCH violets');
  assert.match(await beth.line(), /NOTICE beth :\[.*\] #lobby <alan> roses are red \/ violets are blue$/);
  await plain.until('violets are blue\n');
  plain.send('/history\n');
  assert.match(await plain.until('blue\n'), /^\[.*\] <alan> :roses are red \/ violets are blue\n$/);
});

// RFC 2812 section 2.3: how the bytes are cut up means nothing.
test('a batch goes the same in one piece and byte by byte', async (t) => {
  const bytes = Buffer.from(
    batch('1', '#a', 'one ☎', '', 'two ', '+and a half')
      .map((line) => `${line}\r\n`)
      .join(''),
  );
  const told: string[][] = [];
  for (const pieces of [[bytes], cutAt(bytes, [...bytes.keys()])]) {
    const [, alan, beth] = (await inRoom(t, [MODERN, MODERN])) as [TestServer, IrcClient, IrcClient];
    for (const piece of pieces) {
      alan.text.send(piece);
      await new Promise(setImmediate);
    }
    await alan.heard();
    told.push((await beth.all()).map((line) => line.replace(/ BATCH ([+-])\w+/, ' BATCH $1x')));
  }
  assert.equal(withVerb('PRIVMSG', told[0] ?? []).length, 4);
  assert.deepEqual(told[1], told[0]);
});
