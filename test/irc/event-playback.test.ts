// IRCv3 chathistory with draft/event-playback: what was not simply said.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { party } from '../support/irc-party.ts';
import { newFolder, removeAfter } from '../support/temporary-folder.ts';

const TAGS = 'message-tags batch echo-message server-time draft/chathistory';
const ALL = `${TAGS} draft/event-playback draft/multiline draft/message-redaction draft/channel-rename`;

/** The id of the first message that a client is echoed. */
async function idOf(client: IrcClient, ...lines: readonly string[]): Promise<string> {
  const id = /msgid=(\w+)/.exec((await client.raw(...lines))[0] ?? '')?.[1];
  assert.ok(id !== undefined);
  return id;
}

/** A page of history: no ends, times or batches, but ids. */
async function page(client: IrcClient, target: string): Promise<string[]> {
  await client.heard();
  const lines = await client.raw(`CHATHISTORY LATEST ${target} * 50`);
  return lines.slice(1, -1).map((line) =>
    line
      .replace(/time=[^;\s]+;?/, '')
      .replace(/batch=\w+;?/, '')
      .replace('@ ', ''),
  );
}

test('a page has messages of several lines, reactions, what was taken back, and renames, as they happened', async (t) => {
  const folder = newFolder();
  const databaseFile = join(folder, 'partyline.db');
  const [server] = await party(t, [], { databaseFile });
  const alan = await IrcClient.join(server, 'alan', ALL);
  await alan.all('JOIN #a');
  const batch = ['BATCH +1 draft/multiline #a', '@batch=1 PRIVMSG #a :one', '@batch=1 PRIVMSG #a :two', 'BATCH -1'];
  const several = await idOf(alan, ...batch);
  const reaction = await idOf(alan, `@+draft/reply=${several};+draft/react=👍 TAGMSG #a`);
  const oops = await idOf(alan, 'PRIVMSG #a :oops');
  const redaction = await idOf(alan, `REDACT #a ${oops} :typo`);
  const ofReaction = await idOf(alan, `REDACT #a ${reaction}`);
  const rename = await idOf(alan, 'RENAME #a #b :better');
  const last = await idOf(alan, 'PRIVMSG #b :last');
  const by = ':alan!~alan@127.0.0.1';
  const kept = [
    `@msgid=${several} ${by} BATCH +${several} draft/multiline #b`,
    `${by} PRIVMSG #b :one`,
    `${by} PRIVMSG #b :two`,
    `${by} BATCH -${several}`,
    `@msgid=${redaction} ${by} REDACT #b ${oops} typo`,
    `@msgid=${ofReaction} ${by} REDACT #b ${reaction}`,
    `@msgid=${rename} ${by} RENAME #a #b :better`,
    `@msgid=${last} ${by} PRIVMSG #b :last`,
  ];
  assert.deepEqual((await page(alan, '#b')).slice(1), kept);
  await server.close();
  const [again] = await party(t, [], { databaseFile });
  removeAfter(t, folder);
  const beth = await IrcClient.join(again, 'beth', ALL);
  await beth.all('JOIN #b');
  assert.deepEqual((await page(beth, '#b')).slice(1, 1 + kept.length), kept);
});

// "If the client has not negotiated event-playback, the server MUST NOT send any lines other than PRIVMSG and NOTICE."
test('each is told of what it knows, and nothing that was taken back comes in another form', async (t) => {
  const [server] = await party(t, []);
  const alan = await IrcClient.join(server, 'alan', ALL);
  const old = await IrcClient.join(server, 'old', TAGS);
  const bare = await IrcClient.join(server, 'bare', `${TAGS} draft/event-playback`);
  await alan.all('JOIN #a');
  const oops = await idOf(alan, 'PRIVMSG #a :oops');
  await idOf(alan, `REDACT #a ${oops} :typo`);
  await alan.all('BATCH +1 draft/multiline #a', '@batch=1 PRIVMSG #a :one', '@batch=1 PRIVMSG #a :two', 'BATCH -1');
  await alan.all('RENAME #a #b');
  for (const client of [old, bare]) await client.all('JOIN #b');
  const shown = (lines: readonly string[]): string[] =>
    lines.map((line) => line.replace(/^@\S+ /, '').replace(/^:\S+ /, '')).filter((line) => !line.startsWith('JOIN'));
  assert.deepEqual(shown(await page(old, '#b')), ['PRIVMSG #b :one', 'PRIVMSG #b :two']);
  assert.deepEqual(shown(await page(bare, '#b')), [
    'PRIVMSG #b :one',
    'PRIVMSG #b :two',
    'NOTICE #b :alan renamed #a to #b',
  ]);
});

test('what is taken back of a talk, and of what was for some alone, is told of to those who could know of it', async (t) => {
  const [server] = await party(t, []);
  const alan = await IrcClient.join(server, 'alan', ALL);
  const beth = await IrcClient.join(server, 'beth', ALL);
  const secret = await idOf(alan, 'PRIVMSG beth :psst');
  const redaction = await idOf(alan, `REDACT beth ${secret}`);
  const expected = [`@msgid=${redaction} :alan!~alan@127.0.0.1 REDACT beth ${secret}`];
  assert.deepEqual(await page(beth, 'alan'), expected);
  assert.deepEqual(await page(alan, 'beth'), expected);
  await alan.all('JOIN #a');
  await beth.all('JOIN #a');
  await alan.heard();
  const forOperators = await idOf(alan, 'PRIVMSG @#a :for operators');
  await alan.all(`REDACT #a ${forOperators}`);
  const seen = (await page(beth, '#a')).join('|');
  assert.ok(!seen.includes(forOperators), seen);
});
