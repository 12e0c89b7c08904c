// /login to an account that is somewhere else already, and coming back to one: what was missed, with a bare socket.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { openDevice } from '../support/irc-device.ts';
import { makeAccount, PASSWORD } from '../support/log-in.ts';
import { startServer, type TestServer } from '../support/test-server.ts';
import type { TextClient } from '../support/text-client.ts';

const TIME = /^\[\d{4}-\d\d-\d\d \d\d:\d\d\] /;

async function open(t: TestContext): Promise<TestServer> {
  return startServer(t, { limits: { detection_ms: 10, enabled: false } });
}

/** Types some lines and gives all that has come by the time the server has dealt with them, without times. */
async function answer(client: TextClient, ...lines: readonly string[]): Promise<string[]> {
  client.send([...lines, '/the-end', ''].join('\n'));
  const text = await client.until('* there is no command /the-end; try /help, or // to say a line with a slash\n');
  return text
    .split('\n')
    .slice(0, -2)
    .map((line) => line.replace(TIME, ''));
}

async function named(server: TestServer, nick: string, ...lines: readonly string[]): Promise<TextClient> {
  const client = await server.welcomed();
  await answer(client, `/nick ${nick}`, ...lines);
  return client;
}

/** Goes as a program does whose user ends it. */
async function leave(client: TextClient, watcher: TextClient): Promise<void> {
  client.socket.end();
  await client.end();
  await answer(watcher);
}

test('logging in to an account that is here makes this one more device, which does what the others do', async (t) => {
  const server = await open(t);
  await makeAccount(server, 'alan');
  const { client: irc } = await openDevice(server, 'alan');
  await irc.all('JOIN #a', 'JOIN #b');
  const alan = await server.welcomed();
  assert.deepEqual(await answer(alan, `/login alan ${PASSWORD}`), ['* you are alan here too; you talk in #a']);
  await answer(alan, 'hello', '/join b', '/nick al');
  assert.deepEqual(await irc.heard(), [':alan!~alan@127.0.0.1 PRIVMSG #a :hello', ':alan!~alan@127.0.0.1 NICK al']);
  await irc.all('PRIVMSG #a :from the other', 'PRIVMSG nobody :x', 'PART #a', 'JOIN #c');
  assert.deepEqual(await answer(alan), ['[#a] <al> :from the other', '* al left #a', '* al joined #c']);
});

test('what was missed in several rooms is shown page by page, in the order in which it was said', async (t) => {
  const server = await open(t);
  await makeAccount(server, 'alan');
  const alan = await server.welcomed();
  await answer(alan, `/login alan ${PASSWORD}`, '/stay on', '/join a', '/join b', '/join c');
  const beth = await named(server, 'beth', '/join a', '/join b', '/join c', 'seen');
  await alan.until('<beth> :seen\n');
  await leave(alan, beth);
  const rooms = ['a', 'b', 'c', 'c', 'a', 'c'];
  const said = Array.from({ length: 250 }, (_, at) => [rooms[at % rooms.length], `no ${at}`] as const);
  await answer(beth, ...said.flatMap(([room, text]) => [`/join ${room}`, text]));
  const back = await server.welcomed();
  await answer(back, `/login alan ${PASSWORD}`);
  const pages = [];
  for (let page = 0; page < 3; page++) pages.push(await answer(back, '/catchup'));
  assert.deepEqual(
    pages.map((page) => [page.length, page.at(-1)]),
    [
      [101, '* /catchup shows more'],
      [101, '* /catchup shows more'],
      [51, '* that is all'],
    ],
  );
  const shown = pages.flatMap((page) => page.slice(0, -1));
  assert.deepEqual(
    shown,
    said.map(([room, text]) => `#${room} <beth> :${text}`),
  );
});

test('who comes back is told how much they missed, and /catchup shows it, of rooms and in private', async (t) => {
  const server = await open(t);
  await makeAccount(server, 'alan');
  const alan = await server.welcomed();
  await answer(alan, `/login alan ${PASSWORD}`, '/stay on', '/join a');
  const beth = await named(server, 'beth', '/join a', 'seen');
  await alan.until('<beth> :seen\n');
  await leave(alan, beth);
  await answer(beth, 'one', '/msg alan two', '/me waves');
  const back = await server.welcomed();
  assert.deepEqual(await answer(back, `/login alan ${PASSWORD}`), [
    '* you are alan here too; you talk in #lobby',
    '* you missed 3 messages while you were away; /catchup shows what was said',
  ]);
  assert.deepEqual(await answer(back, '/catchup'), [
    '#a <beth> :one',
    'to alan <beth> :two',
    '#a * beth waves',
    '* that is all',
  ]);
  assert.deepEqual(await answer(back, '/catchup'), ['* you missed nothing']);
  await leave(back, beth);
  const again = await server.welcomed();
  assert.deepEqual(await answer(again, `/login alan ${PASSWORD}`), ['* you are alan here too; you talk in #lobby']);
});

test('who was not here at all finds what was said to them alone', async (t) => {
  const server = await open(t);
  const alan = await named(server, 'alan', '/register secret12');
  const beth = await named(server, 'beth');
  await leave(alan, beth);
  assert.deepEqual(await answer(beth, '/msg alan call me'), ['* alan is not here; it is kept until they come']);
  const back = await server.welcomed();
  assert.deepEqual(await answer(back, '/login alan secret12'), [
    '* you are logged in as alan',
    '* you are now alan',
    '* you missed 1 message while you were away; /catchup shows what was said',
  ]);
  assert.deepEqual(await answer(back, '/catchup'), ['to alan <beth> :call me', '* that is all']);
});

test('a device with a name has missed what was said since it was here, whatever the others have seen', async (t) => {
  const server = await open(t);
  await makeAccount(server, 'alan');
  const [desk, phone] = [await server.welcomed(), await server.welcomed()];
  await answer(desk, `/login alan@desk ${PASSWORD}`);
  await answer(phone, `/login alan@phone ${PASSWORD}`);
  await leave(phone, desk);
  const beth = await named(server, 'beth', 'one');
  await desk.until('<beth> :one\n');
  await answer(desk, 'two');
  const back = await server.welcomed();
  assert.match((await answer(back, `/login alan@phone ${PASSWORD}`))[1] ?? '', /^\* you missed 1 message /);
  assert.deepEqual(await answer(back, '/catchup'), ['#lobby <beth> :one', '* that is all']);
  const third = await server.welcomed();
  assert.deepEqual(await answer(third, `/login alan@tablet ${PASSWORD}`), [
    '* you are alan here too; you talk in #lobby',
  ]);
  assert.equal(beth.rest.includes('alan@'), false);
});

test('logging out is for all devices, and each is told', async (t) => {
  const server = await open(t);
  await makeAccount(server, 'alan');
  const [desk, phone] = [await server.welcomed(), await server.welcomed()];
  await answer(desk, `/login alan ${PASSWORD}`);
  await answer(phone, `/login alan ${PASSWORD}`);
  await answer(desk, '/logout');
  assert.equal((await answer(phone))[0], '* you are logged out');
});
