// The search on a thread of its own, which reads what it finds there.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { roomConversation } from '../../src/domain/conversation.ts';
import type { Said, Told } from '../../src/domain/event.ts';
import { IDS_PER_MS, sequenceOf } from '../../src/domain/message-id.ts';
import type { SearchPage, SearchQuery } from '../../src/domain/search.ts';
import { ThreadedSearch } from '../../src/storage/search.ts';
import { Storage } from '../../src/storage/storage.ts';
import { roomName } from '../domain/random-actions.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROOM = roomConversation(roomName('#tea').key);
const TEA: SearchQuery = {
  words: ['tea'],
  from: undefined,
  rooms: [ROOM],
  person: undefined,
  with: undefined,
  after: 0,
  before: Number.MAX_SAFE_INTEGER,
  limit: 10,
};
const DAY_MS = 86_400_000;
const NOW = 20_000 * DAY_MS;

/** Somebody who said, once a day until now, what day it was, and a search in that. */
function searchIn(t: TestContext, days: number): { readonly storage: Storage; readonly search: ThreadedSearch } {
  const folder = temporaryFolder(t);
  const file = join(folder, 'partyline.db');
  new Storage(file, 'process').close();
  const database = new DatabaseSync(file);
  database.exec(`
    INSERT INTO personas (id, identity, name, label, user, host, real_name, is_named, is_bot)
      VALUES (1, 'a1', 'alan', 'alan', 'alan', 'here', '', 1, 0);
    INSERT INTO conversations (id, key, title) VALUES (1, '${ROOM}', '#Tea')`);
  const say = database.prepare(
    `INSERT INTO messages (sequence, conversation, sender, manner, text, annotations)
     VALUES (?, 1, 1, 0, ?, '[["+draft/reply","x"]]')`,
  );
  for (let age = 0; age < days; age++) say.run((NOW - age * DAY_MS) * IDS_PER_MS, `tea ${age}`);
  database.close();
  const storage = new Storage(file, 'process');
  const watcher = { removed: () => undefined, failed: assert.fail };
  const search = new ThreadedSearch(join(folder, 'search.db'), storage, watcher);
  t.after(async () => {
    await search.close();
    storage.close();
  });
  return { storage, search };
}

function found(page: SearchPage | string): readonly (Said | Told)[] {
  return typeof page === 'string' ? assert.fail(page) : page.found;
}

test('what is found is the same as what history has', async (t) => {
  const { storage, search } = searchIn(t, 5);
  const messages = found(await search.find(TEA));
  assert.deepEqual(
    messages.map(({ text }) => text),
    ['tea 0', 'tea 1', 'tea 2', 'tea 3', 'tea 4'],
  );
  for (const message of messages) assert.deepEqual(message, storage.at(sequenceOf(message.id)!));
});

test('what is deleted while it is found is not found', async (t) => {
  const { storage, search } = searchIn(t, 5);
  await search.find(TEA);
  const page = search.find(TEA);
  // In the meantime the other thread has read all of them.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  const everywhere = { maxAgeMs: undefined, maxMessages: 2 };
  for (const _ of storage.pruning({ everywhere, rooms: new Map() }, NOW));
  assert.deepEqual(
    found(await page).map(({ text }) => text),
    ['tea 0', 'tea 1'],
  );
});
