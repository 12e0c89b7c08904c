// What is kept over a restart, for how long, and what is not kept at all.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { makeAccount, PASSWORD, plainLogin } from '../support/log-in.ts';
import { newFolder, removeAfter } from '../support/temporary-folder.ts';
import { startServer, type TestServer } from '../support/test-server.ts';

const CAPABILITIES = 'message-tags server-time echo-message batch sasl draft/chathistory';
const LIMITS = { detection_ms: 10, enabled: false };

async function loggedIn(server: TestServer, nick: string): Promise<IrcClient> {
  const client = new IrcClient(await server.open());
  client.send(`CAP REQ :${CAPABILITIES}`, `NICK ${nick}`, `USER ${nick} 0 * :${nick}`);
  // Passwords are checked off the loop.
  client.send(...plainLogin(nick, PASSWORD), 'CAP END');
  await client.all();
  return client;
}

/** The texts that are left once there are no more than so many: they go beside the chat. */
async function shortened(client: IrcClient, room: string, count: number): Promise<(string | undefined)[]> {
  for (;;) {
    const left = await history(client, room);
    if (left.length <= count) return left.map((line) => line.split(' :').at(-1));
  }
}

/** What was said, without the batch around it. */
async function history(client: IrcClient, target: string): Promise<string[]> {
  await client.raw();
  const lines = await client.raw(`CHATHISTORY LATEST ${target} * 100`);
  return lines.filter((line) => line.includes(' PRIVMSG ')).map((line) => line.replace(/batch=\w+;/, ''));
}

test('after a restart there is all that was said, with the ids and times that it had', async (t) => {
  const folder = newFolder();
  const databaseFile = join(folder, 'partyline.db');
  const first = await startServer(t, { databaseFile, limits: LIMITS });
  for (const name of ['alan', 'beth']) await makeAccount(first, name);
  const alan = await loggedIn(first, 'alan');
  const beth = await loggedIn(first, 'beth');
  await alan.raw('JOIN #room', 'PRIVMSG #room :one', 'PRIVMSG #room :two');
  const room = await history(alan, '#room');
  assert.equal(room.length, 2);
  await alan.raw('PRIVMSG beth :psst');
  await beth.raw('PRIVMSG alan :what?');
  const talk = await history(alan, 'beth');
  assert.equal(talk.length, 2);
  await first.close();
  const second = await startServer(t, { databaseFile, limits: LIMITS });
  removeAfter(t, folder);
  const again = await loggedIn(second, 'alan');
  await again.raw('JOIN #room');
  assert.deepEqual(await history(again, '#room'), room);
  assert.deepEqual(await history(again, 'beth'), talk, 'also with somebody who is not here');
  const guest = await IrcClient.join(second, 'guest', CAPABILITIES);
  assert.deepEqual(await history(guest, 'alan'), []);
});

test('a room keeps as many messages as it may have; there is just nothing older', async (t) => {
  const folder = newFolder();
  const changes = { databaseFile: join(folder, 'partyline.db'), limits: LIMITS, history: { max_messages_per_room: 3 } };
  const server = await startServer(t, changes);
  const alan = await IrcClient.join(server, 'alan', CAPABILITIES);
  await alan.raw('JOIN #room', ...Array.from({ length: 50 }, (_, index) => `PRIVMSG #room :${index}`));
  await server.close();
  const second = await startServer(t, changes);
  removeAfter(t, folder);
  const again = await IrcClient.join(second, 'alan', CAPABILITIES);
  await again.raw('JOIN #room');
  assert.deepEqual(await shortened(again, '#room', 3), ['47', '48', '49']);
});

test('a founder has their room keep less than others, and the room does so after a restart', async (t) => {
  const folder = newFolder();
  const changes = { databaseFile: join(folder, 'partyline.db'), limits: LIMITS, history: { max_messages_per_room: 8 } };
  const first = await startServer(t, changes);
  await makeAccount(first, 'alan');
  const alan = await loggedIn(first, 'alan');
  const lines = Array.from({ length: 20 }, (_, index) => `PRIVMSG #own,#other :${index}`);
  await alan.raw('JOIN #own,#other', 'CS REGISTER #own', ...lines);
  const set = await alan.all('CS SET #own HISTORY 4', 'CS SET #own HISTORY 30d', 'CS INFO #own');
  assert.deepEqual(
    set.map((line) => line.split(' :').at(-1)).filter((text) => text?.includes('kept')),
    [
      'History of #own: kept, the last 4 messages at most',
      'History of #own: kept for 30 days, the last 4 messages at most',
      'What is said there is kept for 30 days, the last 4 messages at most',
    ],
  );
  await first.close();
  const second = await startServer(t, changes);
  removeAfter(t, folder);
  const again = await loggedIn(second, 'alan');
  await again.raw('JOIN #own,#other');
  assert.deepEqual(await shortened(again, '#own', 4), ['16', '17', '18', '19']);
  assert.equal((await shortened(again, '#other', 8)).length, 8);
  const [, all] = await again.all('CS SET #own HISTORY 0', 'CS SET #own HISTORY ON');
  assert.match(all ?? '', / :History of #own: kept, the last 8 messages at most$/);
});

test('what is not to be kept is in no file', async (t) => {
  const folder = newFolder();
  const server = await startServer(t, { databaseFile: join(folder, 'partyline.db'), limits: LIMITS });
  removeAfter(t, folder);
  await makeAccount(server, 'beth');
  const alan = await IrcClient.join(server, 'alan', CAPABILITIES);
  const beth = await loggedIn(server, 'beth');
  await alan.raw('JOIN #room', 'PRIVMSG #room :word-of-the-past', 'MODE #room +H', 'PRIVMSG #room :word-in-secret');
  await alan.raw('PART #room :reason-in-secret', 'JOIN #room', 'MODE #room +H', 'TOPIC #room :topic-in-secret');
  await alan.raw('PART #room :second-in-secret', 'JOIN #open', 'MODE #open -t', 'PRIVMSG #open :word-in-the-open');
  await beth.raw('NS SET HISTORY OFF', 'JOIN #open', 'PRIVMSG #open :not-by-me', 'PRIVMSG alan :not-to-alan');
  await beth.raw('TOPIC #open :no-topic-of-mine', 'PART #open :reason-of-mine');
  await alan.raw('PRIVMSG beth :not-to-beth', 'TOPIC #open :another-topic');
  await server.close();
  const files = readdirSync(folder).filter((name) => !name.endsWith('.sock'));
  const bytes = files.map((name) => readFileSync(join(folder, name), 'latin1')).join('|');
  for (const open of ['word-of-the-past', 'word-in-the-open', 'another-topic']) assert.ok(bytes.includes(open), open);
  const secrets = ['word-in-secret', 'reason-in-secret', 'topic-in-secret', 'second-in-secret', 'not-by-me'];
  for (const secret of [...secrets, 'not-to-alan', 'not-to-beth', 'no-topic-of-mine', 'reason-of-mine'])
    assert.ok(!bytes.includes(secret), secret);
});
