import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startKeptServer } from '../support/kept-server.ts';
import type { TextClient } from '../support/text-client.ts';

const TIME = /^\[\d{4}-\d\d-\d\d \d\d:\d\d\] /;

/** Searches, and gives the lines of the answer up to its last one, without their times. */
async function found(client: TextClient, words: string): Promise<string[]> {
  client.send(`/search ${words}\n`);
  const lines: string[] = [];
  for (;;) {
    const line = await client.line();
    if (!TIME.test(line)) return [...lines, line];
    lines.push(line.replace(TIME, ''));
  }
}

async function named(client: TextClient, name: string): Promise<TextClient> {
  client.send(`/nick ${name}\n`);
  assert.equal(await client.line(), `* you are now ${name}`);
  return client;
}

test('what was said is found by its words, exact phrases first, then the latest', async (t) => {
  const { welcomed } = await startKeptServer(t);
  const alan = await named(await welcomed(), 'alan');
  alan.send('the green line\nLINE of green\na green line it is\nnothing of the kind\n');
  assert.deepEqual(await found(alan, 'green line'), [
    '#lobby <alan> :a green line it is',
    '#lobby <alan> :the green line',
    '#lobby <alan> :LINE of green',
    '* that is all',
  ]);
  assert.deepEqual(await found(alan, '"line of"'), ['#lobby <alan> :LINE of green', '* that is all']);
  assert.deepEqual(await found(alan, 'noth*'), ['#lobby <alan> :nothing of the kind', '* that is all']);
  assert.deepEqual(await found(alan, 'absent'), ['* nothing found']);
});

test('a search is narrowed by who, where and when, and goes on page by page', async (t) => {
  const { welcomed } = await startKeptServer(t);
  const alan = await named(await welcomed(), 'alan');
  const beth = await named(await welcomed(), 'beth');
  assert.match(await alan.line(), /is now beth$/);
  alan.send('/join #tea\n');
  assert.match(await alan.line(), /^\* you are in #tea/);
  alan.send('a biscuit\n/join #lobby\n');
  assert.match(await alan.line(), /^\* you talk in #lobby/);
  for (let count = 1; count <= 11; count++) beth.send(`biscuit ${count}\n`);
  for (let count = 1; count <= 11; count++) assert.equal(await alan.line(), `<beth> :biscuit ${count}`);
  assert.deepEqual(await found(alan, 'biscuit in:#tea'), ['#tea <alan> :a biscuit', '* that is all']);
  assert.deepEqual(await found(alan, 'from:ALAN'), ['#tea <alan> :a biscuit', '* that is all']);
  assert.deepEqual(await found(alan, 'biscuit before:2020-01-01'), ['* nothing found']);
  const first = await found(alan, 'biscuit from:beth after:2020-01-01');
  assert.deepEqual(
    [first.length, first[0], first.at(-1)],
    [11, '#lobby <beth> :biscuit 11', '* /search more shows more'],
  );
  assert.deepEqual(await found(alan, 'more'), ['#lobby <beth> :biscuit 1', '* that is all']);
});

test('only what the asker may read is found', async (t) => {
  const { welcomed } = await startKeptServer(t);
  const alan = await named(await welcomed(), 'alan');
  const beth = await named(await welcomed(), 'beth');
  const carl = await named(await welcomed(), 'carl');
  await alan.until('is now carl\n');
  alan.send('/msg beth the secret word\n');
  await beth.until('[private] <alan> :the secret word\n');
  carl.send('/join #own\n');
  await carl.line();
  carl.send('a secret of my own\n');
  assert.deepEqual(await found(carl, 'secret'), ['#own <carl> :a secret of my own', '* that is all']);
  assert.deepEqual(await found(beth, 'secret'), ['to beth <alan> :the secret word', '* that is all']);
  assert.deepEqual(await found(beth, 'secret in:#own'), [
    '* you can search the rooms that you are in, and what you and somebody here told each other',
  ]);
  assert.deepEqual(await found(beth, 'secret in:alan'), ['to beth <alan> :the secret word', '* that is all']);
});
