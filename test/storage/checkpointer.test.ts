import assert from 'node:assert/strict';
import { once } from 'node:events';
import { copyFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { Checkpointer } from '../../src/storage/checkpointer.ts';
import { Storage } from '../../src/storage/storage.ts';
import { newChat } from '../domain/random-actions.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const WATCHER = {
  catchUp: () => assert.fail('the log is not long'),
  failed: (fault: Error) => assert.fail(fault),
};

test('a thread carries what is in the log into the file, beside a connection that stays open', async (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'partyline.db');
  const storage = new Storage(file, 'process');
  assert.ok(storage.probe());
  assert.ok(statSync(`${file}-wal`).size > 0, 'there is something in the log');
  const checkpointer = new Checkpointer(file, WATCHER);
  checkpointer.look(true);
  await checkpointer.close();
  const alone = join(folder, 'alone.db');
  copyFileSync(file, alone);
  const copy = new DatabaseSync(alone, { readOnly: true });
  const found = copy.prepare("SELECT value FROM meta WHERE name = 'id-suffix'").get();
  assert.equal(found?.['value'], storage.idSuffix);
  copy.close();
  storage.close();
});

test('after what a thread carried over, the log begins anew', async (t) => {
  const file = join(temporaryFolder(t), 'partyline.db');
  const storage = new Storage(file, 'process');
  for (let count = 0; count < 40; count++) assert.ok(storage.probe());
  const before = statSync(`${file}-wal`).size;
  const checkpointer = new Checkpointer(file, WATCHER);
  checkpointer.look(true);
  await checkpointer.close();
  assert.ok(storage.probe());
  const after = statSync(`${file}-wal`).size;
  assert.ok(after < before / 2, `${before} bytes, then ${after}`);
  storage.close();
});

/** Locks out whoever writes, and lets go a while later: longer than another program is waited for. */
const HOLDER = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { DatabaseSync } = require('node:sqlite');
  const database = new DatabaseSync(workerData);
  database.exec('BEGIN IMMEDIATE');
  parentPort.postMessage('locked');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  database.exec('COMMIT');
  database.close();
`;

test('what is said while the log is emptied is waited with, and not refused as if another program wrote', async (t) => {
  const file = join(temporaryFolder(t), 'partyline.db');
  const storage = new Storage(file, 'process');
  storage.startBackground({ checkpoint: WATCHER.failed, readAhead: () => assert.fail() });
  const holder = new Worker(HOLDER, { eval: true, workerData: file });
  await once(holder, 'message');
  const emptied = storage.emptyLog();
  storage.keep([], newChat());
  await once(holder, 'exit');
  await emptied;
  await storage.endBackground();
  storage.close();
});
