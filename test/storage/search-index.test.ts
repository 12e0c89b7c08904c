import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { roomConversation, type ConversationKey } from '../../src/domain/conversation.ts';
import type { SearchCursor, SearchQuery } from '../../src/domain/search.ts';
import { SearchFinder } from '../../src/storage/search-finder.ts';
import { SearchIndex } from '../../src/storage/search-index.ts';
import { Storage } from '../../src/storage/storage.ts';
import { roomName } from '../domain/random-actions.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const EVERYTHING: Omit<SearchQuery, 'words' | 'rooms'> = {
  from: undefined,
  person: undefined,
  with: undefined,
  after: 0,
  before: Number.MAX_SAFE_INTEGER,
  limit: 10,
};

type Message = readonly [room: ConversationKey, text: string];

/** An index of messages with the sequence numbers 1, 2 and so on: in which room, and what. */
function indexOf(t: TestContext, messages: readonly Message[]): SearchIndex {
  return indexAndMessages(t, messages).index;
}

function indexAndMessages(
  t: TestContext,
  messages: readonly Message[],
): { index: SearchIndex; database: DatabaseSync } {
  const folder = temporaryFolder(t);
  const file = join(folder, 'partyline.db');
  new Storage(file, 'process').close();
  const database = new DatabaseSync(file);
  const rooms = [...new Set(messages.map(([room]) => room))];
  database.exec('BEGIN');
  database.exec(`INSERT INTO personas (id, identity, name, label, user, host, real_name, is_named, is_bot)
    VALUES (1, 'a1', 'alan', 'alan', 'alan', 'here', '', 1, 0)`);
  const open = database.prepare('INSERT INTO conversations (id, key, title) VALUES (?, ?, ?)');
  for (const [at, room] of rooms.entries()) open.run(at + 1, room, room);
  const insert = database.prepare(
    'INSERT INTO messages (sequence, conversation, sender, manner, text) VALUES (?, ?, 1, 0, ?)',
  );
  for (const [at, [room, text]] of messages.entries()) insert.run(at + 1, rooms.indexOf(room) + 1, text);
  database.exec('COMMIT');
  const index = new SearchIndex(join(folder, 'search.db'), file);
  t.after(() => {
    index.close();
    database.close();
  });
  while (index.catchUp());
  return { index, database };
}

const [busy, quiet, still] = ['#busy', '#quiet', '#still'].map((name) => roomConversation(roomName(name).key));

test('where somebody is in several rooms, the latest of all of these are found, and nothing of others', (t) => {
  const index = indexOf(t, [
    [quiet!, 'tea'],
    [busy!, 'tea'],
    [still!, 'tea and biscuits'],
    [quiet!, 'tea again'],
    [still!, 'coffee'],
  ]);
  const rooms = [quiet!, still!];
  assert.deepEqual(index.find({ ...EVERYTHING, words: ['tea'], rooms }), { found: [4, 3, 1], next: undefined });
  assert.deepEqual(index.find({ ...EVERYTHING, words: ['tea'], rooms, limit: 2 }), {
    found: [4, 3],
    next: { before: 3, stretch: undefined },
  });
  const cursor = { before: 3, stretch: undefined };
  assert.deepEqual(index.find({ ...EVERYTHING, words: ['tea'], rooms, limit: 2, cursor }).found, [1]);
});

test('a word that is common elsewhere is found however seldom it is where somebody may look', (t) => {
  const elsewhere = Array.from({ length: 12_000 }, () => [busy!, 'tea'] as const);
  const index = indexOf(t, [[quiet!, 'tea'], [still!, 'tea'], ...elsewhere, [still!, 'tea']]);
  const rooms = [quiet!, still!];
  assert.deepEqual(index.find({ ...EVERYTHING, words: ['tea'], rooms }).found, [12_003, 2, 1]);
});

test('the beginning of a word is looked for when it has three letters', (t) => {
  const index = indexOf(t, [
    [busy!, 'biscuits'],
    [busy!, 'bi'],
  ]);
  const find = (word: string): readonly number[] => index.find({ ...EVERYTHING, words: [word], rooms: [busy!] }).found;
  assert.deepEqual([find('bis*'), find('bi*'), find('biscuit*'), find('BISC*')], [[1], [2], [1], [1]]);
});

test('the fewest letters of a beginning are those of its last word', (t) => {
  const index = indexOf(t, [
    [busy!, 'sugar-free biscuits'],
    [busy!, 'sugar-free b'],
  ]);
  const find = (word: string): readonly number[] => index.find({ ...EVERYTHING, words: [word], rooms: [busy!] }).found;
  assert.deepEqual([find('free-b*'), find('free-bis*'), find('free-bisc*')], [[2], [1], [1]]);
});

test('a beginning is found however many words begin nearly like it', (t) => {
  const others = Array.from({ length: 300 }, (_, at) => [at % 2 === 0 ? busy! : quiet!, 'a bison'] as const);
  const index = indexOf(t, [
    [busy!, 'biscuits'],
    [quiet!, 'Biscúit'],
    [still!, 'biscuit'],
    ...others,
    [busy!, 'biscuit'],
  ]);
  for (const word of ['bisc*', 'BÍSCU*']) {
    const find = (rooms: ConversationKey[], limit: number): readonly number[] =>
      index.find({ ...EVERYTHING, words: [word], rooms, limit }).found;
    assert.deepEqual(
      [find([busy!], 10), find([busy!, quiet!], 10), find([busy!], 500)],
      [
        [304, 1],
        [304, 2, 1],
        [304, 1],
      ],
    );
  }
});

const TEA_MILK = { ...EVERYTHING, words: ['tea', 'milk'], rooms: [busy!, quiet!] };

/** Messages of which most have both words, some of these next to each other, and some are where nobody looks. */
function longTalk(): Message[] {
  return Array.from({ length: 1000 }, (_, at) => {
    const text = at % 7 === 0 ? 'tea' : at % 5 === 0 ? 'hot tea milk' : 'milk and tea';
    return [[still, busy, quiet][at % 3]!, text];
  });
}

/** The order of what `TEA_MILK` is to find, counted by hand. */
function inOrder(talk: readonly Message[]): number[] {
  const both = talk.flatMap(([room, text], at) => (room !== still && text !== 'tea' ? [at + 1] : [])).toReversed();
  const isPhrase = (sequence: number): boolean => talk[sequence - 1]?.[1] === 'hot tea milk';
  const order: number[] = [];
  for (let at = 0; at < both.length; at += SearchFinder.stretch) {
    const stretch = both.slice(at, at + SearchFinder.stretch);
    order.push(...stretch.filter(isPhrase), ...stretch.filter((sequence) => !isPhrase(sequence)));
  }
  return order;
}

/** All that there is to find from a page on. */
function pages(index: SearchIndex, limit: number, from?: SearchCursor): number[] {
  const found: number[] = [];
  let cursor = from;
  do {
    const page = index.find({ ...TEA_MILK, limit, cursor });
    assert.ok(page.found.length === limit || page.next === undefined);
    found.push(...page.found);
    cursor = page.next;
  } while (cursor !== undefined);
  return found;
}

test('of each stretch of messages with all words, those that have them as a phrase come first', (t) => {
  const talk = longTalk();
  const index = indexOf(t, talk);
  const order = inOrder(talk);
  assert.ok(order.length > 2 * SearchFinder.stretch);
  for (const limit of [7, 50, SearchFinder.stretch, SearchFinder.stretch + 1, order.length]) {
    assert.deepEqual(pages(index, limit), order, `pages of ${limit}`);
  }
});

// Pages that end among the phrases of a stretch, among the others, at its end, and in the one after.
for (const limit of [10, 90, SearchFinder.stretch, SearchFinder.stretch + 10]) {
  test(`nothing is found twice or left out when others speak, and delete, after a page of ${limit}`, (t) => {
    const talk = longTalk();
    const { index, database } = indexAndMessages(t, talk);
    const { found, next } = index.find({ ...TEA_MILK, limit });
    const left = inOrder(talk).slice(limit);
    const gone = [found.at(-1), left[0], left[40], left.at(-1)];
    database.exec(`
      INSERT INTO messages (sequence, conversation, sender, manner, text)
        VALUES (2001, 2, 1, 0, 'hot tea milk'), (2002, 2, 1, 0, 'milk and tea');
      DELETE FROM messages WHERE sequence IN (${gone.join(', ')});
      INSERT INTO removals (sequence) VALUES ${gone.map((sequence) => `(${sequence})`).join(', ')};
    `);
    while (index.catchUp());
    const stillThere = left.filter((sequence) => !gone.includes(sequence));
    const descending = (one: number, other: number): number => other - one;
    assert.deepEqual(pages(index, 30, next).sort(descending), stillThere.sort(descending));
  });
}
