// What was said lately, for clients that come into a channel and know no CHATHISTORY (IRCv3 chathistory, server-time).
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Storage } from '../../src/storage/storage.ts';
import { IrcClient } from '../support/irc-client.ts';
import { withVerb, party, verbs } from '../support/irc-party.ts';
import type { TestServer } from '../support/test-server.ts';

/** A channel in which some things were said. */
async function talked(t: TestContext, texts: readonly string[], replayLines = 20): Promise<[TestServer, IrcClient]> {
  const [server, { alan }] = await party(t, ['alan'], { history: { replay_lines: replayLines } });
  await alan.all('JOIN #room', 'TOPIC #room :news', ...texts.map((text) => `PRIVMSG #room :${text}`));
  return [server, alan];
}

function texts(lines: readonly string[]): string[] {
  return withVerb('PRIVMSG', lines).map((line) => line.replace(/^.* PRIVMSG #room :/, ''));
}

test('who comes in gets the last lines behind the names, with their time in the text', async (t) => {
  const [server] = await talked(t, ['1', '2', '3'], 2);
  const beth = await IrcClient.join(server, 'beth');
  const lines = await beth.all('JOIN #room');
  assert.deepEqual(verbs(lines), ['JOIN', '332', '333', '353', '366', 'PRIVMSG', 'PRIVMSG']);
  for (const [index, line] of lines.slice(-2).entries()) {
    assert.match(
      line,
      new RegExp(`^:alan!~alan@127\\.0\\.0\\.1 PRIVMSG #room :\\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d\\] ${index + 2}$`),
    );
  }
});

test('a client with server-time and batch gets them in a batch, with the time and the id that they had', async (t) => {
  const [server, alan] = await talked(t, []);
  await alan.raw('CAP REQ :message-tags server-time echo-message');
  const [said = ''] = await alan.raw('PRIVMSG #room :hi');
  const beth = await IrcClient.join(server, 'beth', 'message-tags server-time batch labeled-response');
  const lines = await beth.raw('@label=x JOIN #room');
  const [, start = '', replayed, end = ''] = lines.slice(-5);
  const [, outer, inner] = /^@\S*batch=(\w+)\S* :partyline\.local BATCH \+(\w+) chathistory #room$/.exec(start) ?? [];
  assert.equal(replayed, said.replace('@', `@batch=${inner};`));
  assert.match(end, new RegExp(`^@\\S*batch=${outer}\\S* :partyline\\.local BATCH -${inner}$`));
});

test('a client that can ask for history gets none unasked, and nobody does where it is off', async (t) => {
  const [server] = await talked(t, ['hi']);
  const asking = await IrcClient.join(server, 'asking', 'batch server-time draft/chathistory');
  assert.deepEqual(texts(await asking.all('JOIN #room')), []);
  const [silent] = await talked(t, ['hi'], 0);
  const beth = await IrcClient.join(silent, 'beth');
  assert.deepEqual(texts(await beth.all('JOIN #room')), []);
});

test('who comes back is sent only what they have not seen in this visit', async (t) => {
  const [server, alan] = await talked(t, ['before']);
  const beth = await IrcClient.join(server, 'beth', 'server-time');
  assert.deepEqual(texts(await beth.all('JOIN #room')), ['before']);
  await beth.all('PRIVMSG #room :mine');
  await alan.all('PRIVMSG #room :seen');
  assert.deepEqual(texts(await beth.all('PART #room', 'JOIN #room')), ['seen']);
  await beth.all('PART #room');
  await alan.all('PRIVMSG #room :missed');
  assert.deepEqual(texts(await beth.all('JOIN #room')), ['missed']);
  await alan.all('KICK #room beth', 'PRIVMSG #room :missed too');
  assert.deepEqual(texts(await beth.all('JOIN #room')), ['missed too']);
});

test('what was said to operators alone, or is a question to programs, is not sent to who comes in', async (t) => {
  const [server, alan] = await talked(t, ['\u0001VERSION\u0001', '\u0001ACTION waves\u0001']);
  await alan.all('PRIVMSG @#room :secret');
  const beth = await IrcClient.join(server, 'beth', 'server-time');
  assert.deepEqual(texts(await beth.all('JOIN #room')), ['\u0001ACTION waves\u0001']);
});

test('a storm of joins reads history once, and again when something more was said', async (t) => {
  const [server, alan] = await talked(t, ['1']);
  const read = t.mock.method(Storage.prototype, 'read');
  const join = async (nick: string): Promise<string[]> => {
    const client = await IrcClient.join(server, nick, 'server-time');
    return texts(await client.all('JOIN #room'));
  };
  for (let number = 0; number < 20; number++) assert.deepEqual(await join(`one${number}`), ['1']);
  assert.equal(read.mock.callCount(), 1);
  await alan.all('PRIVMSG #room :2');
  for (let number = 0; number < 5; number++) assert.deepEqual(await join(`two${number}`), ['1', '2']);
  assert.equal(read.mock.callCount(), 2);
});
