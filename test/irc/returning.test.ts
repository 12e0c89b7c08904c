// What somebody missed, for a client of theirs that comes back and does not know CHATHISTORY (irssi, HexChat, WeeChat).
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { killDevice, openDevice } from '../support/irc-device.ts';
import { withVerb, party, verbs } from '../support/irc-party.ts';
import { makeAccount, plainLogin } from '../support/log-in.ts';
import { newFolder, removeAfter } from '../support/temporary-folder.ts';
import type { Changes, TestServer } from '../support/test-server.ts';

const TIMED = 'server-time';

/** A server with an account alan, somebody called beth, and the first client of alan's, both in a channel. */
async function begun(
  t: TestContext,
  {
    changes = {},
    device = 'alan',
    isAlwaysOn = true,
  }: { changes?: Changes; device?: string; isAlwaysOn?: boolean } = {},
): Promise<{ server: TestServer; alan: IrcClient; beth: IrcClient }> {
  const [server, { beth }] = await party(t, ['beth'], changes);
  await makeAccount(server, 'alan');
  const { client: alan } = await openDevice(server, device, { capabilities: TIMED });
  await alan.all('JOIN #a', ...(isAlwaysOn ? ['PERSISTENCE SET ON'] : []));
  await beth.all('JOIN #a');
  await alan.heard();
  return { server, alan, beth };
}

/** What was said, of some lines: who said it to whom. */
function talk(lines: readonly string[]): string[] {
  return [...withVerb('PRIVMSG', lines), ...withVerb('NOTICE', lines)]
    .filter((line) => !line.startsWith(':partyline.local'))
    .map((line) => line.replace(/^:(\w+)!\S+ (?:PRIVMSG|NOTICE) (\S+) :/, '$1 $2 '));
}

test('who comes back to the same presence is told what was said in its channels and in private, once', async (t) => {
  const { server, alan, beth } = await begun(t);
  await beth.all('PRIVMSG #a :seen', 'PRIVMSG alan :seen too');
  await alan.heard();
  await killDevice(alan, beth);
  await beth.all('PRIVMSG #a :one', 'PRIVMSG alan :two', 'PRIVMSG #a :three', 'NOTICE alan :four');
  const { client: back, greeting } = await openDevice(server, 'alan', { capabilities: TIMED });
  assert.deepEqual(talk(greeting), ['beth #a one', 'beth #a three', 'beth alan two', 'beth alan four']);
  await killDevice(back, beth);
  const { client: again, greeting: second } = await openDevice(server, 'alan', { capabilities: TIMED });
  assert.deepEqual(talk(second), []);
  await beth.all('PRIVMSG #a :live');
  assert.deepEqual(talk(await again.heard()), ['beth #a live']);
});

test('who was not there at all finds what was said to them, and in the channels that they join', async (t) => {
  const { server, alan, beth } = await begun(t, { isAlwaysOn: false });
  await killDevice(alan, beth);
  await beth.all('PRIVMSG alan :for later', 'PRIVMSG #a :meanwhile');
  const { client: back, greeting } = await openDevice(server, 'alan', { capabilities: TIMED });
  assert.deepEqual(talk(greeting), ['beth alan for later']);
  assert.deepEqual(talk(await back.all('JOIN #a')), ['beth #a meanwhile']);
});

test('whoever logs in by NickServ gets their private messages then', async (t) => {
  const [server, { beth }] = await party(t, ['beth']);
  await makeAccount(server, 'alan', 'correct horse');
  await beth.all('PRIVMSG alan :for later');
  const late = await IrcClient.join(server, 'visitor', TIMED);
  assert.deepEqual(
    talk(await late.all('NS IDENTIFY alan correct horse')).filter((line) => line.startsWith('beth')),
    ['beth visitor for later'],
  );
  assert.deepEqual(talk(await late.all('NICK alan')), []);
});

// IRCv3 chathistory: "This allows the server and client to act differently when delivering message history".
test('a client that can ask is told nothing unasked, and finds all of it', async (t) => {
  const { server, alan, beth } = await begun(t);
  await killDevice(alan, beth);
  await beth.all('PRIVMSG #a :one', 'PRIVMSG alan :two');
  const { client: back, greeting } = await openDevice(server, 'alan', { capabilities: 'batch draft/chathistory' });
  assert.deepEqual(talk(greeting), []);
  assert.deepEqual(talk(await back.all('CHATHISTORY LATEST #a * 10', 'CHATHISTORY LATEST beth * 10')), [
    'beth #a one',
    'beth alan two',
  ]);
});

test('each device that has a name is told what it has missed itself, whatever the others have seen', async (t) => {
  const { server, alan: desk, beth } = await begun(t, { device: 'alan@desk' });
  const { client: phone } = await openDevice(server, 'alan@phone', { capabilities: TIMED });
  await killDevice(phone, beth);
  await beth.all('PRIVMSG #a :one', 'PRIVMSG alan :two');
  await desk.all('PRIVMSG #a :three', 'PRIVMSG beth :four');
  await killDevice(desk, beth);
  await beth.all('PRIVMSG #a :five');
  const { greeting: ofPhone } = await openDevice(server, 'alan@Phone', { capabilities: TIMED });
  assert.deepEqual(talk(ofPhone), ['beth #a one', 'alan #a three', 'beth #a five', 'beth alan two', 'alan beth four']);
  const { greeting: ofDesk } = await openDevice(server, 'alan@desk', { capabilities: TIMED });
  assert.deepEqual(talk(ofDesk), ['beth #a five']);
});

test('the name of a device may stand in what is told NickServ', async (t) => {
  const { server, alan, beth } = await begun(t, { isAlwaysOn: false });
  await killDevice(alan, beth);
  const identify = 'NS IDENTIFY alan@desk correct horse';
  for (const text of ['one', 'two']) {
    await beth.all(`PRIVMSG alan :${text}`);
    const client = await IrcClient.join(server, 'visitor', TIMED);
    const told = talk(await client.all(identify)).filter((line) => line.startsWith('beth '));
    assert.deepEqual(told, [`beth visitor ${text}`]);
    await killDevice(client, beth);
  }
});

test('the name of a device may stand in the user name as well', async (t) => {
  const { server, alan, beth } = await begun(t);
  const open = async (): Promise<[IrcClient, string[]]> => {
    const client = new IrcClient(await server.open());
    const lines = ['CAP REQ :sasl', ...plainLogin('alan'), 'NICK alan', 'USER alan@desk 0 * :Alan', 'CAP END'];
    return [client, await client.all(...lines)];
  };
  const [desk] = await open();
  await killDevice(desk, beth);
  await beth.all('PRIVMSG #a :one');
  assert.match(talk((await open())[1])[0] ?? '', /^beth #a \[\d{4}-\d\d-\d\d \d\d:\d\d\] one$/);
  assert.deepEqual(talk(await alan.heard()), ['beth #a one']);
});

test('beside another one without a name, a client gets the last lines of the channels, as whoever joins does', async (t) => {
  const { server, beth } = await begun(t, { changes: { history: { replay_lines: 2 } } });
  await beth.all('PRIVMSG #a :one', 'PRIVMSG #a :two', 'PRIVMSG #a :three');
  const { greeting } = await openDevice(server, 'alan', { capabilities: TIMED });
  assert.deepEqual(talk(greeting), ['beth #a two', 'beth #a three']);
});

test('of very much, the last is sent, and that there was more is said; nobody has to be sent any', async (t) => {
  for (const [missed_lines, expected] of [
    [2, ['NOTICE', 'PRIVMSG', 'PRIVMSG']],
    [0, []],
  ] as const) {
    const { server, alan, beth } = await begun(t, { changes: { history: { missed_lines, replay_lines: 0 } } });
    await killDevice(alan, beth);
    await beth.all('PRIVMSG #a :one', 'PRIVMSG #a :two', 'PRIVMSG #a :three');
    const { greeting } = await openDevice(server, 'alan', { capabilities: TIMED });
    assert.deepEqual(verbs(greeting.slice(verbs(greeting).indexOf('366') + 1)), expected);
  }
});

test('what a client was sent counts as seen when it has answered a PING behind it, and not before', async (t) => {
  const { server, alan, beth } = await begun(t, { changes: { irc: { ping_ms: 40 } } });
  await beth.all('PRIVMSG #a :one');
  await answersBehind(alan, 'one');
  await beth.all('PRIVMSG #a :two');
  await alan.text.until(' PRIVMSG #a :two\r\n');
  alan.text.close();
  const back = await openDevice(server, 'alan', { capabilities: TIMED });
  assert.deepEqual(talk(back.greeting), ['beth #a two']);
});

/** Reads up to a message, and answers what it is asked until it has answered behind that. */
async function answersBehind(client: IrcClient, text: string): Promise<void> {
  for (let isTold = false, isDone = false; !isDone;) {
    const { command, params } = await client.message();
    isTold ||= params.at(-1) === text;
    if (command !== 'PING') continue;
    client.send(`PONG :${params[0]}`);
    isDone = isTold && params[0]?.startsWith('seen-') === true;
  }
  await client.heard();
}

test('the server remembers how far a device was when it starts again', async (t) => {
  const folder = newFolder();
  const databaseFile = join(folder, 'partyline.db');
  const { server, alan, beth } = await begun(t, { changes: { databaseFile } });
  await beth.all('PRIVMSG #a :one');
  await alan.heard();
  await killDevice(alan, beth);
  await beth.all('PRIVMSG #a :two', 'PRIVMSG alan :three');
  await server.close();
  const [again] = await party(t, [], { databaseFile });
  removeAfter(t, folder);
  const { greeting } = await openDevice(again, 'alan', { capabilities: TIMED });
  assert.deepEqual(talk(greeting), ['beth #a two', 'beth alan three']);
});

// IRCv3 batch: a client that knows batches is sent each conversation as one.
test('it comes in batches to a client that knows them, each of one channel or person', async (t) => {
  const { server, alan, beth } = await begun(t);
  await killDevice(alan, beth);
  await beth.all('PRIVMSG #a :one', 'PRIVMSG alan :two');
  const { greeting } = await openDevice(server, 'alan', { capabilities: 'batch server-time' });
  const starts = withVerb('BATCH', greeting).filter((line) => line.includes(' BATCH +'));
  assert.deepEqual(
    starts.map((line) => line.split(' ').slice(3)),
    [
      ['chathistory', '#a'],
      ['chathistory', 'beth'],
    ],
  );
});

test('what one said with another client to somebody is under the nick that one has now', async (t) => {
  const { server, alan: desk, beth } = await begun(t, { device: 'alan@desk' });
  const { client: phone } = await openDevice(server, 'alan@phone', { capabilities: TIMED });
  await killDevice(phone, beth);
  await desk.all('NS GROUP', 'PRIVMSG beth :hi', 'NICK alan2');
  await beth.all('PRIVMSG alan2 :hello');
  const client = new IrcClient(await server.open());
  const lines = [
    'CAP REQ :sasl server-time',
    ...plainLogin('alan@phone'),
    'NICK alan2',
    'USER alan 0 * :Alan',
    'CAP END',
  ];
  assert.deepEqual(talk(await client.all(...lines)), ['alan2 beth hi', 'beth alan2 hello']);
});

// Whatever the server had sent before QUIT it answers is read; what comes after is missed.
test('however often a device goes and comes while people talk, it is told everything once and in order', async (t) => {
  const { server, alan, beth } = await begun(t, { device: 'alan@desk' });
  const { client: phone } = await openDevice(server, 'alan@phone', { capabilities: TIMED });
  const count = 300;
  const talking = { isOver: false };
  const talked = (async () => {
    for (let number = 1; number <= count; number++) {
      await beth.all(`PRIVMSG #a :${number}`, `PRIVMSG alan :${number}`);
      await alan.all(`PRIVMSG #a :own ${number}`);
    }
    talking.isOver = true;
  })();
  const read = [...(await goes(phone))];
  while (!talking.isOver) {
    const { client, greeting } = await openDevice(server, 'alan@phone', { capabilities: TIMED });
    read.push(...greeting, ...(await client.heard()), ...(await goes(client)));
  }
  await talked;
  const last = await openDevice(server, 'alan@phone', { capabilities: TIMED });
  read.push(...last.greeting);
  const numbers = Array.from({ length: count }, (_, index) => `${index + 1}`);
  const told = (start: string): string[] =>
    talk(read.map((line) => line.replace(/^@\S+ /, '')))
      .filter((line) => line.startsWith(start))
      .map((line) => line.slice(start.length));
  assert.deepEqual(told('beth #a '), numbers);
  assert.deepEqual(told('beth alan '), numbers);
  assert.deepEqual(told('alan #a own '), numbers);
});

/** Says goodbye, and gives all that came before the connection ended. */
async function goes(client: IrcClient): Promise<string[]> {
  client.send('QUIT');
  await client.text.end();
  return client.text.rest.split('\r\n');
}

test('a device that is cut off again and again misses nothing, and no connection is told anything twice', async (t) => {
  const { server, beth } = await begun(t, { device: 'alan@desk', changes: { irc: { ping_ms: 40 } } });
  await openDevice(server, 'alan@phone', { capabilities: TIMED });
  const count = 300;
  const talking = { isOver: false };
  const talked = (async () => {
    for (let number = 1; number <= count; number++) await beth.all(`PRIVMSG #a :${number}`);
    talking.isOver = true;
  })();
  let told = 0;
  for (let isLast = false; !isLast;) {
    isLast = talking.isOver;
    const { client } = await openDevice(server, 'alan@phone', { capabilities: TIMED });
    while (!talking.isOver && Math.random() < 0.8) await client.heard();
    client.text.close();
    const lines = client.text.received.split('\r\n').slice(0, -1);
    const numbers = talk(lines.map((line) => line.replace(/^@\S+ /, ''))).map((line) => Number(line.split(' ')[2]));
    const [first = told + 1] = numbers;
    assert.ok(first <= told + 1, `${first} after ${told}`);
    assert.deepEqual(
      numbers,
      numbers.map((_, index) => first + index),
    );
    told = Math.max(told, ...numbers);
  }
  await talked;
  assert.equal(told, count);
});
