// HistServ: search for clients that know no capability for it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { withVerb } from '../support/irc-party.ts';
import { startKeptServer } from '../support/kept-server.ts';

/** What HistServ said, without the times. */
function said(lines: readonly string[]): string[] {
  return withVerb('NOTICE', lines).map((line) =>
    line.slice(line.indexOf(' :') + 2).replace(/^\[\d{4}-\d\d-\d\d \d\d:\d\d\] /, ''),
  );
}

test('an old client finds what was said where it may read, by words, people and dates', async (t) => {
  const server = await startKeptServer(t);
  const [alan, beth] = [await IrcClient.join(server, 'alan'), await IrcClient.join(server, 'beth')];
  await alan.all('JOIN #a', 'PRIVMSG #a :the green line', 'PRIVMSG #a :\u0001ACTION likes green\u0001');
  await beth.all('JOIN #b', 'PRIVMSG #b :green elsewhere', 'PRIVMSG alan :a green secret');
  await alan.heard();
  assert.deepEqual(said(await alan.all('PRIVMSG HistServ :SEARCH green')), [
    'to alan <beth> a green secret',
    '#a * alan likes green',
    '#a <alan> the green line',
    'That is all',
  ]);
  assert.deepEqual(said(await alan.all('HS SEARCH green from:alan in:#a before:2020-01-01')), ['Nothing found']);
  assert.deepEqual(said(await alan.all('HS SEARCH "green line" in:#A after:2020-01-01')), [
    '#a <alan> the green line',
    'That is all',
  ]);
  assert.deepEqual(said(await alan.all('HS SEARCH green in:#b', 'HS SEARCH in:#a', 'HS SEARCH x before:monday')), [
    'You can search the channels that you are in, and what you and somebody here told each other',
    'Say what to look for: SEARCH <words>, or SEARCH from:<nick>',
    '"monday" is no date; write it like this: before:2026-01-31',
  ]);
});

test('what is found comes in pages', async (t) => {
  const server = await startKeptServer(t);
  const alan = await IrcClient.join(server, 'alan');
  await alan.all('JOIN #a', ...Array.from({ length: 45 }, (_, index) => `PRIVMSG #a :biscuit ${index}`));
  const [first, second, third] = [
    said(await alan.all('HS SEARCH biscuit')),
    said(await alan.all('HS MORE')),
    said(await alan.all('HS MORE')),
  ];
  assert.deepEqual([first.length, first[0], first.at(-1)], [21, '#a <alan> biscuit 44', 'MORE shows more']);
  assert.deepEqual([second.length, second[0]], [21, '#a <alan> biscuit 24']);
  assert.deepEqual([third.length, third.at(-2), third.at(-1)], [6, '#a <alan> biscuit 0', 'That is all']);
  assert.deepEqual(said(await alan.all('HS MORE')), ['There is nothing more']);
});

test('a page that is refused can be asked for again', async (t) => {
  const server = await startKeptServer(t);
  const [alan, beth] = [await IrcClient.join(server, 'alan'), await IrcClient.join(server, 'beth')];
  await beth.all('JOIN #a', ...Array.from({ length: 21 }, (_, index) => `PRIVMSG #a :biscuit ${index}`));
  await alan.all('JOIN #a');
  assert.equal(said(await alan.all('HS SEARCH biscuit in:#a')).at(-1), 'MORE shows more');
  await alan.all('PART #a');
  assert.match(said(await alan.all('HS MORE')).join(), /^You can search the channels that you are in/);
  await alan.all('JOIN #a');
  assert.deepEqual(said(await alan.all('HS MORE')), ['#a <beth> biscuit 0', 'That is all']);
});
