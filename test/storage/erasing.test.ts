// What somebody said and did goes, and what others said stays as it was.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { Storage } from '../../src/storage/storage.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const NOTHING = { everywhere: { maxAgeMs: undefined, maxMessages: undefined }, rooms: new Map() };
const NOW = 1_800_000_000_000;

/** A database in which accounts 1, 2 and 3 have said and done many things in turn, and 1 is to be erased. */
function filled(t: TestContext, rounds: number): string {
  const file = join(temporaryFolder(t), 'partyline.db');
  new Storage(file, 'process').close();
  const database = new DatabaseSync(file);
  database.exec(`
    BEGIN;
    INSERT INTO conversations (id, key, title, one, other)
      VALUES (1, '#a', '#a', NULL, NULL), (2, '#b', '#b', NULL, NULL), (3, 'a1 a2', '', 'a1', 'a2'), (4, 'a1 a3', '', 'a1', 'a3');
    INSERT INTO personas (id, identity, name, label, user, host, real_name, account, is_named, is_bot)
      VALUES (1, 'a1', 'alan', 'alan', 'u1', 'h1', 'r1', 'alan', 1, 0), (2, 'a1', 'al', 'al', 'u1', 'h1', 'r1', 'alan', 1, 0),
        (3, 'a2', 'beth', 'beth', 'u2', 'h2', 'r2', 'beth', 1, 0), (4, 'a3', 'carl', 'carl', 'u3', 'h3', 'r3', 'carl', 1, 0);
    WITH RECURSIVE rounds (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM rounds WHERE n < ${rounds})
      INSERT INTO messages (sequence, conversation, sender, manner, text)
      SELECT n, 1 + n / 7 % 2, 1 + n % 4, 0, 'text ' || n FROM rounds;
    WITH RECURSIVE rounds (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM rounds WHERE n < ${rounds})
      INSERT INTO happenings (conversation, sequence, kind, actor, facts)
      SELECT 1 + n / 7 % 2, n, 'parted', 1 + n % 4, '{"reason":"none"}' FROM rounds;
    INSERT INTO messages (sequence, conversation, sender, recipient, manner, text)
      VALUES (${rounds + 1}, 3, 1, 3, 0, 'to beth'), (${rounds + 2}, 3, 3, 2, 0, 'to alan'), (${rounds + 3}, 4, 2, 4, 0, 'to carl');
    INSERT INTO happenings (conversation, sequence, kind, actor, facts, about) VALUES
      (1, ${rounds + 4}, 'kicked', 3, '{"whom":2,"reason":""}', NULL),
      (1, ${rounds + 5}, 'kicked', 3, '{"whom":4,"reason":""}', NULL),
      (1, ${rounds + 6}, 'modes-set', 3, '{"changes":[{"kind":"flag","flag":"secret","on":true},{"kind":"role","role":"voice","name":"al","on":true}]}', NULL),
      (1, ${rounds + 7}, 'modes-set', 3, '{"changes":[{"kind":"role","role":"voice","name":"carl","on":true}]}', NULL),
      (3, ${rounds + 8}, 'annotated', 3, '{"annotations":[],"recipient":1}', ${rounds + 1}),
      (3, ${rounds + 9}, 'annotated', 3, '{"annotations":[],"recipient":1}', ${rounds + 2});
    INSERT INTO erasures (identity) VALUES ('a1');
    COMMIT;
  `);
  database.close();
  return file;
}

function query(file: string, sql: string): unknown[] {
  const database = new DatabaseSync(file, { readOnly: true });
  const rows = database.prepare(sql).all();
  database.close();
  return rows.map((row) => Object.values(row).join(' '));
}

/** What is left of the three accounts. */
const LEFT = `
  SELECT 'message', sequence, name FROM messages JOIN personas ON id = sender
  UNION ALL SELECT kind, sequence, name FROM happenings JOIN personas ON id = actor`;

test('all that somebody said and did goes, and not a thing of others but what was about it', (t) => {
  const rounds = 9000;
  const file = filled(t, rounds);
  const expected = query(file, `SELECT * FROM (${LEFT}) WHERE name NOT IN ('alan', 'al')`).filter(
    (row) => ![rounds + 4, rounds + 6, rounds + 8].some((gone) => String(row).includes(` ${gone} `)),
  );
  const storage = new Storage(file, 'process');
  let erased = 0;
  for (const step of storage.pruning(NOTHING, NOW)) {
    assert.ok(step.rows <= 100);
    erased += step.erased === 'a1' ? step.rows : 0;
  }
  storage.close();
  assert.deepEqual(query(file, LEFT), expected);
  assert.equal(erased, rounds + 4, 'half of each, two private messages, a kick and a role');
  assert.deepEqual(query(file, 'SELECT * FROM erasures'), []);
  assert.deepEqual(query(file, 'SELECT id FROM conversations ORDER BY id'), ['1', '2', '3'], 'nothing is left of one');
  assert.deepEqual(
    query(file, "SELECT id, name, label, user, host, real_name, account FROM personas WHERE identity = 'a1'"),
    ['1 erased-a1 erased-a1 erased-a1 erased-a1  ', '2 erased-a1 erased-a1 erased-a1 erased-a1  '],
    'those to whom somebody said something, or reacted',
  );
});

test('what was begun is finished later', (t) => {
  const file = filled(t, 3000);
  for (let start = 0; query(file, 'SELECT * FROM erasures').length > 0; start++) {
    assert.ok(start < 20);
    const storage = new Storage(file, 'process');
    const steps = storage.pruning(NOTHING, NOW);
    for (let count = 0; count < 15 && steps.next().done !== true; count++);
    storage.close();
  }
  assert.deepEqual(query(file, `SELECT * FROM (${LEFT}) WHERE name IN ('alan', 'al', 'erased-a1')`), []);
});
