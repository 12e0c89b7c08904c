// IRCv3 chathistory: what was said before, read back by those who may.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { party } from '../support/irc-party.ts';

const CAPABILITIES = 'message-tags server-time echo-message batch labeled-response draft/chathistory';
const PLAYBACK = `${CAPABILITIES} draft/event-playback`;

/** One thing of history, or one that was just said: what it is, its text, and its tags. */
interface Item {
  readonly verb: string;
  readonly text: string;
  readonly msgid: string;
  readonly time: string;
}

function item(line: string): Item {
  const [, tags = '', rest = ''] = /^@(\S+) (.*)$/.exec(line) ?? [];
  const [, verb = '', text = ''] = /^:\S+ ([A-Z]+) (.*)$/.exec(rest) ?? [];
  const tag = (name: string): string => new RegExp(`(?:^|;)${name}=([^;]*)`).exec(tags)?.[1] ?? '';
  return { verb, text, msgid: tag('msgid'), time: tag('time') };
}

/** What is in the one batch that a command is answered with. */
async function page(client: IrcClient, target: string, command: string): Promise<Item[]> {
  // What others did meanwhile is not in the answer.
  await client.raw();
  const lines = await client.raw(command);
  const [, reference] = / BATCH \+(\w+) chathistory (\S+)$/.exec(lines[0] ?? '') ?? [];
  assert.ok(lines[0]?.endsWith(` chathistory ${target}`), `no batch for ${command}: ${lines.join('|')}`);
  assert.ok(lines.at(-1)?.endsWith(` BATCH -${reference}`));
  const inside = lines.slice(1, -1);
  assert.ok(
    inside.every((line) => line.startsWith(`@batch=${reference};`)),
    'every line is in the batch',
  );
  return inside.map(item);
}

/** A client that has said ten things in a channel, each in a millisecond of its own. */
async function talker(t: TestContext, capabilities = CAPABILITIES): Promise<{ client: IrcClient; said: Item[] }> {
  const [server] = await party(t, []);
  const client = await IrcClient.join(server, 'alan', capabilities);
  await client.raw('JOIN #room');
  const said: Item[] = [];
  for (let index = 0; index < 10; index++) said.push(await sayAlone(client, `PRIVMSG #room :message ${index}`, said));
  return { client, said };
}

/** Says something; again if it happened in the same millisecond as what was said before. */
async function sayAlone(client: IrcClient, command: string, before: readonly Item[]): Promise<Item> {
  const past = Date.parse(before.at(-1)?.time ?? '');
  // What others did meanwhile is not the echo.
  do await client.raw();
  while (Date.now() <= past);
  const [echo = ''] = await client.raw(command);
  return item(echo);
}

const REFERENCES = {
  msgid: ({ msgid }: Item) => `msgid=${msgid}`,
  timestamp: ({ time }: Item) => `timestamp=${time}`,
};

for (const [kind, ref] of Object.entries(REFERENCES)) {
  // "LATEST": "restricted to those sent after and excluding that timestamp or msgid".
  test(`LATEST gives the last ones, of those behind a ${kind}`, async (t) => {
    const { client, said } = await talker(t);
    const latest = (selector: string, limit: number): Promise<Item[]> =>
      page(client, '#room', `CHATHISTORY LATEST #room ${selector} ${limit}`);
    assert.deepEqual(await latest('*', 20), said);
    assert.deepEqual(await latest('*', 5), said.slice(-5));
    assert.deepEqual(await latest('*', 1), said.slice(-1));
    assert.deepEqual(await latest(ref(said[4]!), 20), said.slice(5));
    assert.deepEqual(await latest(ref(said[4]!), 2), said.slice(-2));
    assert.deepEqual(await latest(ref(said[9]!), 20), []);
  });

  // "BEFORE", "AFTER": "up to limit number of messages", excluding the one named.
  test(`BEFORE and AFTER a ${kind} give those next to it`, async (t) => {
    const { client, said } = await talker(t);
    const ask = (what: string, at: number, limit: number): Promise<Item[]> =>
      page(client, '#room', `CHATHISTORY ${what} #room ${ref(said[at]!)} ${limit}`);
    assert.deepEqual(await ask('BEFORE', 6, 20), said.slice(0, 6));
    assert.deepEqual(await ask('BEFORE', 6, 2), said.slice(4, 6));
    assert.deepEqual(await ask('BEFORE', 0, 2), []);
    assert.deepEqual(await ask('AFTER', 3, 20), said.slice(4));
    assert.deepEqual(await ask('AFTER', 3, 3), said.slice(4, 7));
    assert.deepEqual(await ask('AFTER', 9, 3), []);
  });

  // "BETWEEN": "start from and exclude the first message selector, while finishing on and excluding the second".
  test(`BETWEEN two of a ${kind} goes forwards or backwards`, async (t) => {
    const { client, said } = await talker(t);
    const between = (from: number, to: number, limit: number): Promise<Item[]> =>
      page(client, '#room', `CHATHISTORY BETWEEN #room ${ref(said[from]!)} ${ref(said[to]!)} ${limit}`);
    assert.deepEqual(await between(0, 9, 20), said.slice(1, 9));
    assert.deepEqual(await between(9, 0, 20), said.slice(1, 9));
    assert.deepEqual(await between(0, 9, 3), said.slice(1, 4));
    assert.deepEqual(await between(9, 0, 3), said.slice(6, 9));
  });

  // "AROUND": "the total number of returned messages not exceeding limit".
  test(`AROUND a ${kind} has it in its middle`, async (t) => {
    const { client, said } = await talker(t);
    const around = (at: number, limit: number): Promise<Item[]> =>
      page(client, '#room', `CHATHISTORY AROUND #room ${ref(said[at]!)} ${limit}`);
    assert.deepEqual(await around(7, 1), [said[7]]);
    assert.deepEqual(await around(7, 3), said.slice(6, 9));
    assert.deepEqual(await around(0, 4), said.slice(0, 4), 'what is missing on one side is on the other');
    assert.deepEqual(await around(9, 4), said.slice(6));
  });
}

test('selectors of two kinds may be mixed, a subcommand may be in small letters, and a limit is kept to', async (t) => {
  const { client, said } = await talker(t);
  const mixed = `CHATHISTORY between #room msgid=${said[2]!.msgid} timestamp=${said[5]!.time} 10`;
  assert.deepEqual(await page(client, '#room', mixed), said.slice(3, 5));
  assert.deepEqual(await page(client, '#room', 'CHATHISTORY LATEST #room * 999999'), said);
});

// "An ISUPPORT token MUST be sent".
test('the most that one request gives is in ISUPPORT, and nobody gets more', async (t) => {
  const [server] = await party(t, [], { history: { page: 3 } });
  const client = new IrcClient(await server.open());
  client.send(`CAP REQ :${CAPABILITIES}`, 'CAP END', 'NICK alan', 'USER a 0 * :A');
  const greeting = (await client.all()).join(' ');
  assert.match(greeting, / CHATHISTORY=3 /);
  assert.match(greeting, / MSGREFTYPES=msgid,timestamp /);
  await client.raw('JOIN #room', ...[1, 2, 3, 4, 5].map((number) => `PRIVMSG #room :${number}`));
  const items = await page(client, '#room', 'CHATHISTORY LATEST #room * 100');
  assert.deepEqual(
    items.map(({ text }) => text),
    ['#room :3', '#room :4', '#room :5'],
  );
});

// "MUST NOT send any lines other than PRIVMSG and NOTICE", unless event-playback was negotiated.
test('who came and what was changed is among it for those who asked for event-playback only', async (t) => {
  const [server] = await party(t, []);
  const alan = await IrcClient.join(server, 'alan', CAPABILITIES);
  const beth = await IrcClient.join(server, 'beth', PLAYBACK);
  await alan.raw('JOIN #room', 'TOPIC #room :news', 'MODE #room +m', 'PRIVMSG #room :hi', 'NOTICE #room :note');
  await beth.raw('JOIN #room', 'NICK betty', 'PART #room :bye', 'JOIN #room');
  await alan.raw('MODE #room +v betty', 'KICK #room betty :out');
  await beth.raw('JOIN #room');
  const command = 'CHATHISTORY LATEST #room * 50';
  assert.deepEqual(
    (await page(alan, '#room', command)).map(({ verb, text }) => `${verb} ${text}`),
    ['PRIVMSG #room :hi', 'NOTICE #room :note'],
  );
  assert.deepEqual(
    (await page(beth, '#room', command)).map(({ verb, text }) => `${verb} ${text}`),
    [
      'JOIN #room',
      'TOPIC #room :news',
      'MODE #room +m',
      'PRIVMSG #room :hi',
      'NOTICE #room :note',
      'JOIN #room',
      'NICK betty',
      'PART #room bye',
      'JOIN #room',
      'MODE #room +v betty',
      'KICK #room betty out',
      'JOIN #room',
    ],
  );
});

test('what was said is written as the client has it: its tags, and no more than it knows', async (t) => {
  const [server] = await party(t, []);
  const alan = await IrcClient.join(server, 'alan', CAPABILITIES);
  await alan.raw('JOIN #room', '@+reply=abc PRIVMSG #room :\u0001ACTION waves\u0001');
  const [, line = ''] = await alan.raw('CHATHISTORY LATEST #room * 1');
  assert.match(
    line,
    /^@batch=\w+;time=[^;]+Z;msgid=\w+;\+reply=abc :alan!~alan@\S+ PRIVMSG #room :\u0001ACTION waves\u0001$/,
  );
  const old = await IrcClient.join(server, 'old');
  await old.raw('JOIN #room');
  // "limited functionality is available without support for these CAPs".
  assert.deepEqual(await old.raw('CHATHISTORY LATEST #room * 1'), [
    ':alan!~alan@127.0.0.1 PRIVMSG #room :\u0001ACTION waves\u0001',
  ]);
});

// IRCv3 labeled-response: the label is on the batch itself, and an empty one is an answer too.
test('a label is on the batch, also when there is nothing in it', async (t) => {
  const [server] = await party(t, []);
  const alan = await IrcClient.join(server, 'alan', CAPABILITIES);
  await alan.raw('JOIN #room');
  const [start = '', end = '', ...more] = await alan.raw('@label=x CHATHISTORY LATEST #room * 10');
  assert.match(start, /^@\S*label=x\S* :partyline\.local BATCH \+\w+ chathistory #room$/);
  assert.match(end, /BATCH -\w+$/);
  assert.ok(!end.includes('label='));
  assert.deepEqual(more, []);
});

// "Errors and Warnings"
test('what cannot be understood is refused with its code', async (t) => {
  const { client } = await talker(t);
  const refused = async (params: string): Promise<string> => {
    const [line = ''] = await client.all(`CHATHISTORY ${params}`);
    return line.replace(':partyline.local FAIL CHATHISTORY ', '');
  };
  assert.equal(await refused(''), 'INVALID_PARAMS * :Unknown command');
  assert.equal(await refused('NEWEST #room * 10'), 'INVALID_PARAMS NEWEST :Unknown command');
  assert.equal(await refused('LATEST #room *'), 'INVALID_PARAMS LATEST :Insufficient parameters');
  assert.equal(await refused('BETWEEN #room * 10'), 'INVALID_PARAMS BETWEEN :Insufficient parameters');
  assert.equal(await refused('LATEST #room * 10 10'), 'INVALID_PARAMS LATEST :Too many parameters');
  for (const limit of ['0', '-1', 'ten', '1e3']) {
    assert.equal(await refused(`LATEST #room * ${limit}`), `INVALID_PARAMS LATEST ${limit} :Invalid limit`);
  }
  assert.equal(await refused('BEFORE #room * 10'), 'INVALID_PARAMS BEFORE * :Invalid message reference');
  assert.equal(
    await refused('AFTER #room timestamp=yesterday 10'),
    'INVALID_PARAMS AFTER timestamp=yesterday :Invalid timestamp',
  );
  assert.equal(
    await refused('AFTER #room msgid=nonsense 10'),
    'MESSAGE_ERROR AFTER #room msgid=nonsense :There is no such message',
  );
  assert.match(await refused('AFTER #room number=3 10'), /^INVALID_MSGREFTYPE AFTER #room number=3 :/);
  assert.match(await refused('TARGETS msgid=x msgid=y 10'), /^INVALID_PARAMS TARGETS msgid=x :/);
});

// "Security Considerations": only those who may read it, and who is there is not told.
test('a channel that one is not in, or that is not there, has no history', async (t) => {
  const { client } = await talker(t);
  await client.raw('PART #room');
  for (const target of ['#room', '#nowhere', 'nobody', '*']) {
    assert.deepEqual(await client.all(`CHATHISTORY LATEST ${target} * 10`), [
      `:partyline.local FAIL CHATHISTORY INVALID_TARGET LATEST ${target} :Messages could not be retrieved`,
    ]);
  }
});

test('what was said to the operators alone is read by them, and by whoever said it', async (t) => {
  const [server] = await party(t, []);
  const alan = await IrcClient.join(server, 'alan', CAPABILITIES);
  const beth = await IrcClient.join(server, 'beth', CAPABILITIES);
  const carl = await IrcClient.join(server, 'carl', CAPABILITIES);
  await alan.raw('JOIN #room', 'PRIVMSG @#room :secret', 'PRIVMSG #room :open');
  for (const other of [beth, carl]) await other.raw('JOIN #room');
  await beth.raw('PRIVMSG @#room :please');
  const texts = async (client: IrcClient): Promise<string[]> =>
    (await page(client, '#room', 'CHATHISTORY LATEST #room * 2')).map(({ text }) => text);
  assert.deepEqual(await texts(alan), ['#room :open', '@#room :please']);
  assert.deepEqual(await texts(beth), ['#room :open', '@#room :please']);
  assert.deepEqual(await texts(carl), ['#room :open']);
});

test('a talk is read by the two who had it, whatever they were called, and by nobody else', async (t) => {
  const [server] = await party(t, []);
  const alan = await IrcClient.join(server, 'alan', CAPABILITIES);
  const beth = await IrcClient.join(server, 'beth', CAPABILITIES);
  const carl = await IrcClient.join(server, 'carl', CAPABILITIES);
  const [first = ''] = await alan.raw('PRIVMSG beth :hi');
  await beth.raw('NICK betty');
  const [second = ''] = await beth.raw('PRIVMSG alan :hello');
  await carl.raw('PRIVMSG alan :me too');
  await alan.raw();
  const talk = [item(first), item(second)];
  assert.deepEqual(await page(alan, 'betty', 'CHATHISTORY LATEST betty * 10'), talk);
  assert.deepEqual(await page(beth, 'ALAN', 'CHATHISTORY LATEST ALAN * 10'), talk);
  assert.deepEqual(await page(carl, 'betty', 'CHATHISTORY LATEST betty * 10'), []);
  beth.send('QUIT');
  await beth.text.end();
  await alan.raw();
  assert.deepEqual(await page(alan, 'betty', 'CHATHISTORY LATEST betty * 10'), talk, 'she is gone, the talk is not');
  const another = await IrcClient.join(server, 'betty', CAPABILITIES);
  assert.deepEqual(await page(another, 'alan', 'CHATHISTORY LATEST alan * 10'), [], 'a name is not a person');
  assert.deepEqual(await page(alan, 'betty', 'CHATHISTORY LATEST betty * 10'), []);
});

test('what somebody told themselves is there once', async (t) => {
  const [server] = await party(t, []);
  const alan = await IrcClient.join(server, 'alan', CAPABILITIES);
  const [echo = ''] = await alan.raw('PRIVMSG alan :note');
  assert.deepEqual(await page(alan, 'alan', 'CHATHISTORY LATEST alan * 10'), [item(echo)]);
});

// "TARGETS": who has said something, and when, between two times.
test('TARGETS lists channels and people with something said between two times, in order', async (t) => {
  const [server] = await party(t, []);
  const alan = await IrcClient.join(server, 'alan', CAPABILITIES);
  const beth = await IrcClient.join(server, 'beth', CAPABILITIES);
  await beth.raw('JOIN #elsewhere', 'PRIVMSG #elsewhere :not his');
  await alan.raw('JOIN #quiet', 'JOIN #Room');
  const said: Item[] = [];
  for (const target of ['beth', '#Room', 'alan']) {
    const client = target === 'alan' ? beth : alan;
    said.push(await sayAlone(client, `PRIVMSG ${target} :x`, said));
  }
  await alan.raw();
  const targets = async (bounds: string): Promise<string[]> => {
    const [start = '', ...lines] = await alan.all(`CHATHISTORY TARGETS ${bounds}`);
    assert.match(start, /BATCH \+\w+ draft\/chathistory-targets$/);
    return lines.slice(0, -1).map((line) => line.replace(':partyline.local CHATHISTORY TARGETS ', ''));
  };
  const [epoch, future] = ['timestamp=1970-01-01T00:00:00.000Z', 'timestamp=2970-01-01T00:00:00Z'];
  const [room, person] = [`#Room ${said[1]!.time}`, `beth ${said[2]!.time}`];
  assert.deepEqual(await targets(`${epoch} ${future} 10`), [room, person]);
  assert.deepEqual(await targets(`${future} ${epoch} 10`), [room, person]);
  assert.deepEqual(await targets(`${epoch} ${future} 1`), [room]);
  assert.deepEqual(await targets(`${future} ${epoch} 1`), [person]);
  assert.deepEqual(await targets(`timestamp=${said[1]!.time} ${future} 10`), [person]);
  assert.deepEqual(await targets(`${epoch} timestamp=${said[0]!.time} 10`), []);
  assert.deepEqual(
    await targets(`${epoch} timestamp=${said[2]!.time} 10`),
    [room],
    'where the last thing was said later',
  );
});

test('TARGETS tells nobody of what was said to the operators alone', async (t) => {
  const [server] = await party(t, []);
  const alan = await IrcClient.join(server, 'alan', CAPABILITIES);
  const beth = await IrcClient.join(server, 'beth', CAPABILITIES);
  await alan.raw('JOIN #room', 'PRIVMSG @#room :for operators');
  await beth.raw('JOIN #room');
  await alan.raw();
  const command = 'CHATHISTORY TARGETS timestamp=1970-01-01T00:00:00.000Z timestamp=2970-01-01T00:00:00.000Z 10';
  assert.deepEqual([(await alan.raw(command)).length, (await beth.raw(command)).length], [3, 2]);
});

// The draft of 2026, "chathistory-end": who has it all need not ask again.
test('a page says when there is nothing more behind it, to those who know tags', async (t) => {
  const { client, said } = await talker(t);
  const isEnd = async (params: string): Promise<boolean> => {
    const [start = ''] = await client.raw(`CHATHISTORY ${params}`);
    return /^@draft\/chathistory-end\S* :\S+ BATCH \+/.test(start);
  };
  const [first, last] = [`msgid=${said[0]!.msgid}`, `msgid=${said[9]!.msgid}`];
  for (const [params, expected] of [
    ['LATEST #room * 10', true],
    ['LATEST #room * 9', false],
    [`LATEST #room ${first} 9`, true],
    [`BEFORE #room ${last} 9`, true],
    [`BEFORE #room ${last} 8`, false],
    [`BEFORE #room ${first} 8`, true],
    [`AFTER #room ${first} 9`, true],
    [`AFTER #room ${first} 8`, false],
    [`BETWEEN #room ${last} ${first} 8`, true],
    [`BETWEEN #room ${last} ${first} 7`, false],
    [`AROUND #room ${first} 100`, false],
    ['TARGETS timestamp=1970-01-01T00:00:00.000Z timestamp=2970-01-01T00:00:00.000Z 1', true],
  ] as const) {
    assert.equal(await isEnd(params), expected, params);
  }
  const [labelled = ''] = await client.raw('@label=x CHATHISTORY LATEST #ROOM * 10');
  assert.match(labelled, /^@label=x;draft\/chathistory-end\S* :\S+ BATCH \+\w+ chathistory #room$/);
  await client.raw('CAP REQ -message-tags');
  assert.equal(await isEnd('LATEST #room * 10'), false);
});

// Channel mode H, as on InspIRCd: nothing is kept.
test('what is said in a channel that keeps nothing is not there later', async (t) => {
  const [server] = await party(t, []);
  const alan = await IrcClient.join(server, 'alan', PLAYBACK);
  await alan.raw(
    'JOIN #room',
    'PRIVMSG #room :before',
    'MODE #room +H',
    'PRIVMSG #room :secret',
    'TOPIC #room :secret',
  );
  await alan.raw('MODE #room -H', 'PRIVMSG #room :after');
  const items = await page(alan, '#room', 'CHATHISTORY LATEST #room * 50');
  assert.ok(items.every(({ text }) => !text.includes('secret')));
  assert.deepEqual(
    items.filter(({ verb }) => verb === 'PRIVMSG').map(({ text }) => text),
    ['#room :before', '#room :after'],
  );
});
