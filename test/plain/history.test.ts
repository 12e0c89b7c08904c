// /history, /catchup and /record: what was said before, for people with a bare socket.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { startServer, type Changes, type TestServer } from '../support/test-server.ts';
import type { TextClient } from '../support/text-client.ts';

const TIME = String.raw`\[\d{4}-\d\d-\d\d \d\d:\d\d\]`;

async function open(t: TestContext, changes: Changes = {}): Promise<TestServer> {
  return startServer(t, { ...changes, limits: { detection_ms: 10, enabled: false, ...changes.limits } });
}

async function named(server: TestServer, nick: string, ...lines: readonly string[]): Promise<TextClient> {
  const client = await server.welcomed();
  await answer(client, `/nick ${nick}`, ...lines);
  return client;
}

/** Types some lines and gives all that has come by the time the server has dealt with them. */
async function answer(client: TextClient, ...lines: readonly string[]): Promise<string[]> {
  client.send([...lines, '/the-end', ''].join('\n'));
  const text = await client.until('* there is no command /the-end; try /help, or // to say a line with a slash\n');
  return text.split('\n').slice(0, -2);
}

function matches(lines: readonly string[], patterns: readonly string[]): void {
  assert.equal(lines.length, patterns.length, lines.join('|'));
  for (const [index, pattern] of patterns.entries()) assert.match(lines[index] ?? '', new RegExp(`^${pattern}$`));
}

test('/history shows what was said last in the room, with times, and goes back page by page', async (t) => {
  const server = await open(t);
  const alan = await named(server, 'alan', '/join #room', 'one', 'two', '/me waves', 'three');
  const beth = await named(server, 'beth', '/join #room');
  matches(await answer(beth, '/history 2'), [
    String.raw`${TIME} \* alan waves`,
    `${TIME} <alan> :three`,
    String.raw`\* that is #room, times in UTC; /history more shows what was said before`,
  ]);
  await answer(alan, 'four');
  await beth.until(':four\n');
  matches(await answer(beth, '/history more'), [
    `${TIME} <alan> :one`,
    `${TIME} <alan> :two`,
    String.raw`\* that is all of #room`,
  ]);
  matches(await answer(beth, '/history more'), [String.raw`\* there is nothing more`]);
  assert.equal((await answer(beth, '/history')).length, 6);
});

test('/history of another room, or of a talk with somebody, is for those who are in it', async (t) => {
  const server = await open(t);
  await named(server, 'alan', '/join #room', 'in the room');
  const beth = await named(server, 'beth', '/msg alan psst');
  matches(await answer(beth, '/history alan'), [`${TIME} <beth> :psst`, String.raw`\* that is all of alan`]);
  matches(await answer(beth, '/history #room'), [String.raw`\* you are not in #room; /join #room first`]);
  matches(await answer(beth, '/history #nowhere'), [String.raw`\* there is no room "#nowhere"; .*`]);
  matches(await answer(beth, '/history nobody'), [String.raw`\* nobody here is called "nobody"; .*`]);
  matches(await answer(beth, '/history #lobby 10'), [String.raw`\* nothing is kept of #lobby`]);
  matches(await answer(beth, '/history #lobby ten'), [
    String.raw`\* use it like this: /history \[ROOM\|NAME\] \[COUNT\]`,
  ]);
  await answer(beth, '/join #room');
  matches(await answer(beth, '/history #room'), [`${TIME} <alan> :in the room`, String.raw`\* that is all of #room`]);
});

test('control characters of the past are as visible as those of the present', async (t) => {
  const server = await open(t);
  const alan = await IrcClient.join(server, 'alan');
  await alan.all('JOIN #lobby', 'PRIVMSG #lobby :a\u001b[31mred', 'PRIVMSG #lobby :\u0001VERSION\u0001');
  const beth = await named(server, 'beth');
  matches(await answer(beth, '/history'), [
    String.raw`${TIME} <alan> :a␛\[31mred`,
    String.raw`\* that is all of #lobby`,
  ]);
});

// product.md: somebody who only talks sees nothing but the lines of the first chat server.
test('who comes in and only talks is sent nothing of the past', async (t) => {
  const server = await open(t);
  const first = await server.welcomed();
  first.send('early\n');
  await answer(first);
  const second = await server.welcomed();
  second.send('late\n');
  assert.equal(await first.line(), `<${second.label}> :late`);
  assert.equal(second.rest, '');
});

test('/record says how much is kept of a room that is one’s own, and whether what oneself says is', async (t) => {
  const server = await open(t, { history: { max_days: 60 } });
  const alan = await named(server, 'alan', '/join #room');
  const recorded = async (line: string): Promise<string> => (await answer(alan, line)).join('|');
  assert.equal(await recorded('/record'), '* what is said in #room is kept for 60 days');
  assert.match(await recorded('/record 30d'), /^\* "#room" belongs to nobody/);
  assert.match(await recorded('/record me off'), /^\* that is for people with an account/);
  alan.send('/register secret12\n');
  await alan.until('* you are logged in as alan\n');
  await answer(alan, '/own');
  assert.equal(await recorded('/record 30d'), '* what is said in #room is kept for 30 days');
  assert.equal(
    await recorded('/record 1000'),
    '* what is said in #room is kept for 30 days, the last 1000 messages at most',
  );
  assert.equal(await recorded('/record all'), '* what is said in #room is kept for 60 days');
  for (const wrong of ['/record 0', '/record 40000d', '/record 5x', '/record on now', '/record me maybe'])
    assert.match(await recorded(wrong), /^\* use it like this: \/record /, wrong);
  assert.equal(await recorded('/record me'), '* what you say is kept');
  assert.equal(await recorded('/record me off'), '* what you say is not kept');
  await answer(alan, 'a secret');
  assert.equal(await recorded('/record me on'), '* what you say is kept');
  await answer(alan, 'no secret');
  matches(await answer(alan, '/history'), [`${TIME} <alan> :no secret`, String.raw`\* that is all of #room`]);
});

test('/record off keeps what is said from then on out of history; only an operator of the room may', async (t) => {
  const server = await open(t);
  const alan = await named(server, 'alan', '/join #room', 'before');
  matches(await answer(alan, '/record off'), [String.raw`\* what is said in #room is not kept`]);
  await answer(alan, 'secret');
  matches(await answer(alan, '/record'), [String.raw`\* what is said in #room is not kept`]);
  const beth = await named(server, 'beth', '/join #room');
  matches(await answer(beth, '/record on'), [String.raw`\* only an operator of #room can do that`]);
  await alan.until('* beth joined #room\n');
  matches(await answer(alan, '/record on'), [String.raw`\* what is said in #room is kept`]);
  await answer(alan, 'after');
  await beth.until(':after\n');
  matches(await answer(beth, '/history'), [
    `${TIME} <alan> :before`,
    `${TIME} <alan> :after`,
    String.raw`\* that is all of #room`,
  ]);
});

test('/catchup of somebody who missed nothing says so', async (t) => {
  const server = await open(t);
  const alan = await named(server, 'alan');
  matches(await answer(alan, '/catchup'), [String.raw`\* you missed nothing`]);
});
