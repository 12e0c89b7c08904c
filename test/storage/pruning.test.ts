// What is no longer to be kept is gone from every file.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import type { ConversationKey } from '../../src/domain/conversation.ts';
import { IDS_PER_MS } from '../../src/domain/message-id.ts';
import { Checkpointer } from '../../src/storage/checkpointer.ts';
import { spanQuery } from '../../src/storage/message-table.ts';
import type { KeptShare, Retention } from '../../src/storage/pruning.ts';
import { SearchIndex } from '../../src/storage/search-index.ts';
import { Storage } from '../../src/storage/storage.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const DAY_MS = 86_400_000;
const NOW = 20_000 * DAY_MS;
const EVERYTHING: KeptShare = { maxAgeMs: undefined, maxMessages: undefined };

interface Filled {
  readonly file: string;
  readonly searchFile: string;
  /** Gives the number of steps that it took. */
  readonly prune: (retention: Partial<Retention>, at?: number) => number;
}

/**
 * A database with two rooms and a private conversation, each with something said by somebody of their own on each of some
 * days, a reaction to it by another one the day after, and the one kicked whom a third one was before.
 */
function filled(t: TestContext, days: number): Filled {
  const folder = temporaryFolder(t);
  const [file, searchFile] = [join(folder, 'partyline.db'), join(folder, 'search.db')];
  new Storage(file, 'process').close();
  const database = new DatabaseSync(file);
  database.exec('PRAGMA secure_delete = ON');
  database.exec(`
    INSERT INTO conversations (id, key, title, one, other)
      VALUES (1, '#a', '#a', NULL, NULL), (2, '#b', '#b', NULL, NULL), (3, 'v1 v2', '', 'v1', 'v2')`);
  const introduce = database.prepare(
    `INSERT INTO personas (id, identity, name, label, user, host, real_name, is_named, is_bot)
     VALUES (?, ?, ?, '', '', ?, '', 1, 0)`,
  );
  const say = database.prepare(
    'INSERT INTO messages (sequence, conversation, sender, recipient, manner, text) VALUES (?, ?, ?, ?, 0, ?)',
  );
  const happen = database.prepare(
    'INSERT INTO happenings (conversation, sequence, kind, actor, facts, about) VALUES (?, ?, ?, ?, ?, ?)',
  );
  database.exec('BEGIN');
  let person = 0;
  const somebody = (): number => {
    introduce.run(++person, `v${person}`, `nick${person}`, `host-${person}.example`);
    return person;
  };
  for (let age = days - 1; age >= 0; age--) {
    for (const conversation of [1, 2, 3]) {
      const sequence = (NOW - age * DAY_MS) * IDS_PER_MS + conversation;
      const recipient = conversation === 3 ? somebody() : null;
      say.run(sequence, conversation, somebody(), recipient, `said-${conversation}-${age}. word${conversation}q${age}`);
      const facts = JSON.stringify({ annotations: [['+draft/react', `smile-${conversation}-${age}.`]] });
      happen.run(conversation, sequence + DAY_MS * IDS_PER_MS, 'annotated', somebody(), facts, sequence);
      happen.run(conversation, sequence + 10, 'kicked', somebody(), `{"whom":${somebody()},"reason":""}`, null);
    }
  }
  database.exec('COMMIT');
  database.close();
  const prune = ({ everywhere = EVERYTHING, rooms = new Map() }: Partial<Retention>, at = NOW): number => {
    const storage = new Storage(file, 'process');
    const steps = [...storage.pruning({ everywhere, rooms }, at)];
    storage.close();
    return steps.length;
  };
  return { file, searchFile, prune };
}

function query(file: string, sql: string): Record<string, unknown>[] {
  const database = new DatabaseSync(file, { readOnly: true });
  const rows = database.prepare(sql).all();
  database.close();
  return rows;
}

/** The rows that each conversation has in a table. */
function counts(file: string, table: 'messages' | 'happenings', kind = '%'): number[] {
  const where = table === 'messages' ? '' : `AND kind LIKE '${kind}'`;
  return [1, 2, 3].map((conversation) =>
    Number(query(file, `SELECT count(*) AS n FROM ${table} WHERE conversation = ${conversation} ${where}`)[0]?.['n']),
  );
}

function bytesOf(file: string): Buffer {
  return Buffer.concat(['', '-wal'].filter((end) => existsSync(file + end)).map((end) => readFileSync(file + end)));
}

test('what is older than it may be goes from everywhere, in small steps, and is noted for those who copied it', (t) => {
  const { file, prune } = filled(t, 1000);
  const steps = prune({ everywhere: { maxAgeMs: 10 * DAY_MS, maxMessages: undefined } });
  assert.deepEqual(counts(file, 'messages'), [11, 11, 11]);
  assert.deepEqual(counts(file, 'happenings', 'kicked'), [11, 11, 11]);
  assert.ok(steps >= (989 * 6) / 100, `${steps} steps`);
  assert.equal(new Set(query(file, 'SELECT sequence FROM removals').map(({ sequence }) => sequence)).size, 989 * 3);
});

test('reactions go with the message that they are to, also those that came later', (t) => {
  const { file, prune } = filled(t, 100);
  prune({ everywhere: { maxAgeMs: 10 * DAY_MS, maxMessages: undefined } });
  assert.deepEqual(counts(file, 'happenings', 'annotated'), [11, 11, 11]);
  const orphans = 'SELECT about FROM happenings WHERE about NOT IN (SELECT sequence FROM messages)';
  assert.deepEqual(query(file, orphans), []);
});

test('of what is more than a room may have the oldest goes; private conversations keep theirs', (t) => {
  const { file, prune } = filled(t, 300);
  const everywhere = { maxAgeMs: undefined, maxMessages: 7 };
  prune({ everywhere });
  assert.deepEqual(counts(file, 'messages'), [7, 7, 300]);
  assert.deepEqual(counts(file, 'happenings', 'kicked').slice(2), [300]);
  assert.equal(prune({ everywhere }), 0, 'then there is nothing to do');
});

test('a room that keeps less than others do loses what is more, as long as it is that room', (t) => {
  const { file, prune } = filled(t, 50);
  const rooms = (key: string, share: Partial<KeptShare>): Partial<Retention> => ({
    everywhere: { maxAgeMs: 40 * DAY_MS, maxMessages: 45 },
    rooms: new Map([[key as ConversationKey, { ...EVERYTHING, ...share }]]),
  });
  prune(rooms('#a', { maxMessages: 9 }));
  assert.deepEqual(counts(file, 'messages'), [9, 41, 41]);
  prune(rooms('#b', { maxAgeMs: 3 * DAY_MS, maxMessages: 45 }));
  assert.deepEqual(counts(file, 'messages'), [9, 4, 41]);
  prune(rooms('#a', { maxAgeMs: 400 * DAY_MS, maxMessages: 400 }));
  assert.deepEqual(counts(file, 'messages'), [9, 4, 41], 'and cannot keep more');
  const database = new DatabaseSync(file);
  database.exec("UPDATE conversations SET is_closed = 1 WHERE key = '#a'");
  database.close();
  prune(rooms('#a', { maxMessages: 1 }));
  assert.deepEqual(counts(file, 'messages'), [9, 4, 41]);
});

test('a room with more than one step counts is cut where it should be', (t) => {
  const { file, prune } = filled(t, 6000);
  prune({ everywhere: { maxAgeMs: undefined, maxMessages: 5500 } });
  assert.deepEqual(counts(file, 'messages'), [5500, 5500, 6000]);
});

test('a room that goes on is cut each time', (t) => {
  const { file } = filled(t, 20);
  const storage = new Storage(file, 'process');
  const beside = new DatabaseSync(file);
  const say = beside.prepare(
    'INSERT INTO messages (sequence, conversation, sender, manner, text) VALUES (?, 1, 1, 0, ?)',
  );
  const prune = (): unknown[] => [
    ...storage.pruning({ everywhere: { maxAgeMs: undefined, maxMessages: 5 }, rooms: new Map() }, NOW),
  ];
  for (let round = 1; round <= 3; round++) {
    for (let count = 0; count < 4; count++) say.run((NOW + round) * IDS_PER_MS + count, 'more');
    prune();
    assert.deepEqual(counts(file, 'messages')[0], 5);
  }
  beside.close();
  storage.close();
});

test('whoever nothing refers to any more is gone a day later; all others are as they were', (t) => {
  const { file, prune } = filled(t, 100);
  const everywhere = { maxAgeMs: 10 * DAY_MS, maxMessages: undefined };
  const people = (): unknown[] => query(file, 'SELECT * FROM personas ORDER BY id');
  const before = people();
  prune({ everywhere });
  assert.deepEqual(people(), before);
  prune({ everywhere: EVERYTHING }, NOW + DAY_MS);
  const referredTo = query(
    file,
    `SELECT sender AS id FROM messages UNION SELECT recipient FROM messages WHERE recipient IS NOT NULL
     UNION SELECT actor FROM happenings UNION SELECT facts ->> 'whom' FROM happenings WHERE kind = 'kicked'`,
  ).map(({ id }) => Number(id));
  const newest = before.length;
  assert.deepEqual(
    people(),
    before.filter((_, index) => referredTo.includes(index + 1) || index + 1 === newest),
  );
  assert.ok(referredTo.length < newest / 2);
});

test('the bytes of what was deleted are in no file any more, and those of the rest are', (t) => {
  const { file, searchFile, prune } = filled(t, 300);
  const gone = ['said-1-299.', 'word1q299', 'said-2-8.', 'word2q8', 'smile-1-299.', 'nick1host', 'host-1.example'];
  const isIn = (text: string): boolean => bytesOf(file).includes(text) || bytesOf(searchFile).includes(text);
  const before = new SearchIndex(searchFile, file);
  while (before.catchUp());
  before.close();
  for (const text of gone) assert.ok(isIn(text), text);
  const everywhere = { maxAgeMs: undefined, maxMessages: 7 };
  prune({ everywhere });
  prune({ everywhere }, NOW + DAY_MS);
  const index = new SearchIndex(searchFile, file);
  while (index.catchUp());
  assert.ok(index.staleSince !== undefined);
  while (index.purgeStep());
  assert.equal(index.staleSince, undefined);
  for (const text of gone) assert.ok(!isIn(text), text);
  for (const kept of ['said-1-6.', 'said-3-299.', 'smile-1-6.']) assert.ok(bytesOf(file).includes(kept), kept);
  const found = (word: string): number =>
    index.find({
      words: [word],
      from: undefined,
      rooms: ['#a' as ConversationKey],
      person: undefined,
      with: undefined,
      after: 0,
      before: Number.MAX_SAFE_INTEGER,
      limit: 10,
    }).found.length;
  assert.deepEqual([found('word1q6'), found('word1q7'), found('word1q299')], [1, 0, 0]);
  index.close();
});

test('a word that only a deleted message had is gone from the index, even when nothing was said since', (t) => {
  const { file, searchFile, prune } = filled(t, 3);
  const database = new DatabaseSync(file);
  database.exec(`UPDATE messages SET text = 'zebraquagga' WHERE sequence = (SELECT min(sequence) FROM messages)`);
  database.close();
  const index = new SearchIndex(searchFile, file);
  while (index.catchUp());
  assert.ok(bytesOf(searchFile).includes('zebraquagga'));
  prune({ everywhere: { maxAgeMs: DAY_MS, maxMessages: undefined } });
  while (index.catchUp());
  while (index.purgeStep());
  assert.ok(!bytesOf(searchFile).includes('zebra'));
  index.close();
});

test('the log is emptied when nothing was written for a while, beside a database that stays open', async (t) => {
  const { file } = filled(t, 20);
  const storage = new Storage(file, 'process');
  const everywhere = { maxAgeMs: DAY_MS, maxMessages: undefined };
  for (const _ of storage.pruning({ everywhere, rooms: new Map() }, NOW));
  assert.ok(bytesOf(file).includes('said-1-19.'), 'it is in the file, and what is in its place in the log');
  const checkpointer = new Checkpointer(file, { catchUp: assert.fail, failed: assert.fail });
  checkpointer.look(true);
  await checkpointer.close();
  assert.equal(readFileSync(`${file}-wal`).length, 0);
  assert.ok(!bytesOf(file).includes('said-1-19.'));
  storage.close();
});

test('a page of history is found by the index, from either end', (t) => {
  const { file } = filled(t, 10);
  for (const end of ['first', 'last'] as const) {
    const database = new DatabaseSync(file, { readOnly: true });
    const plan = database.prepare(`EXPLAIN QUERY PLAN ${spanQuery(end)}`).all(1, 0, 1, 0, 'v1', 100);
    database.close();
    const details = plan.map(({ detail }) => String(detail));
    assert.equal(
      details[0],
      'SEARCH messages USING INDEX messages_conversation (conversation=? AND rowid>? AND rowid<?)',
    );
    assert.ok(!details.some((detail) => detail.includes('TEMP B-TREE')), 'nothing is sorted');
  }
});
