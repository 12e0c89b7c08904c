import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { startKeptServer } from '../support/kept-server.ts';

// soju.im/search: "the server MUST reply to a successful SEARCH command using a batch".
test('SEARCH gives what matches in a batch, with the time and the id that it had', async (t) => {
  const server = await startKeptServer(t);
  const capabilities = 'batch server-time message-tags echo-message labeled-response soju.im/search';
  const alan = await IrcClient.join(server, 'alan', capabilities);
  await alan.all('JOIN #a');
  const said = await alan.raw('PRIVMSG #a :Be what you want', 'PRIVMSG #a :Want what you be', 'NOTICE #a :nothing');
  const answer = await alan.raw('@label=x SEARCH in=#a;text=what\\syou');
  const [begin = '', ...lines] = answer;
  assert.match(begin, /^@label=x :\S+ BATCH \+(\S+) soju\.im\/search$/);
  const reference = /\+(\S+)/.exec(begin)?.[1];
  assert.match(lines.pop() ?? '', new RegExp(`^:\\S+ BATCH -${reference}$`));
  assert.deepEqual(
    lines,
    said.slice(0, 2).map((line) => line.replace('@', `@batch=${reference};`)),
  );
});

test('SEARCH is narrowed by its attributes, and an empty answer is an empty batch', async (t) => {
  const server = await startKeptServer(t);
  const [alan, beth] = [
    await IrcClient.join(server, 'alan', 'batch soju.im/search'),
    await IrcClient.join(server, 'beth', 'soju.im/search'),
  ];
  await alan.all('JOIN #a', 'PRIVMSG #a :a word', 'PRIVMSG #a :the word');
  const texts = (lines: readonly string[]): string[] => lines.slice(1, -1).map((line) => line.split(' :')[1] ?? '');
  assert.deepEqual(texts(await alan.all('SEARCH text=word')), ['a word', 'the word']);
  assert.deepEqual(texts(await alan.all('SEARCH text=word;limit=1')), ['the word']);
  assert.deepEqual(texts(await alan.all('SEARCH from=Alan;after=2020-01-01T00:00:00.000Z')), ['a word', 'the word']);
  assert.equal((await alan.all('SEARCH text=word;before=2020-01-01T00:00:00.000Z')).length, 2);
  assert.deepEqual(await beth.all('SEARCH text=word'), []);
});

test('SEARCH says what is wrong with it', async (t) => {
  const server = await startKeptServer(t);
  const alan = await IrcClient.join(server, 'alan', 'standard-replies soju.im/search');
  const codes = (lines: readonly string[]): string[] => lines.map((line) => line.split(' ').slice(1, 5).join(' '));
  assert.deepEqual(codes(await alan.all('SEARCH after=yesterday')), ['FAIL SEARCH INVALID_PARAMS after']);
  assert.deepEqual(codes(await alan.all('SEARCH text=x;limit=0')), ['FAIL SEARCH INVALID_PARAMS limit']);
  assert.deepEqual(codes(await alan.all('SEARCH in=#a')), ['FAIL SEARCH INVALID_PARAMS text']);
  assert.deepEqual(codes(await alan.all('SEARCH text=x;in=#a')), ['FAIL SEARCH INVALID_PARAMS in']);
});
