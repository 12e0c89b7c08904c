import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { roomConversation, type ConversationKey } from '../../src/domain/conversation.ts';
import type { SearchQuery } from '../../src/domain/search.ts';
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

/** An index of messages with the sequence numbers 1, 2 and so on: in which room, and what. */
function indexOf(t: TestContext, messages: readonly (readonly [room: ConversationKey, text: string])[]): SearchIndex {
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
  database.close();
  const index = new SearchIndex(join(folder, 'search.db'), file);
  t.after(() => index.close());
  while (index.catchUp());
  return index;
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
    next: { isPhrase: false, before: 3 },
  });
  const cursor = { isPhrase: false, before: 3 };
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
