// What is going to be read is read on another thread first, as long as reading has to wait for the disk.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { roomConversation } from '../../src/domain/conversation.ts';
import type { HistoryRead } from '../../src/domain/history.ts';
import { ReadAhead } from '../../src/storage/read-ahead.ts';
import { Storage } from '../../src/storage/storage.ts';
import { roomName } from '../domain/random-actions.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const conversation = roomConversation(roomName('#room').key);
const PAGE: HistoryRead = { span: { conversation, includes: 'everything' }, end: 'last', limit: 50 };
/** Longer than any read that has not waited for the disk, in milliseconds. */
const SLOW_MS = 1000;

/** Reads ahead from a database that is there or not. */
function readAhead(t: TestContext, isThere: boolean): { readonly ahead: ReadAhead; readonly faults: unknown[] } {
  const file = join(temporaryFolder(t), 'partyline.db');
  if (isThere) new Storage(file, 'process').close();
  const faults: unknown[] = [];
  const ahead = new ReadAhead(file, 'abcde', (error) => faults.push(error));
  t.after(() => ahead.close());
  return { ahead, faults };
}

test('as long as no read was slow nothing is read ahead', (t) => {
  const { ahead } = readAhead(t, true);
  ahead.took(0.1, 1);
  ahead.took(8, 1000);
  assert.equal(ahead.prepare([PAGE]), undefined);
});

test('after a slow read everything is read ahead, several at a time', async (t) => {
  const { ahead, faults } = readAhead(t, true);
  ahead.took(SLOW_MS, 1);
  const both = [ahead.prepare([PAGE]), ahead.prepare([PAGE, PAGE])];
  assert.ok(both.every((work) => work !== undefined));
  await Promise.all(both);
  assert.deepEqual(faults, []);
});

test('when all that was read ahead was quick, that ends', async (t) => {
  const { ahead } = readAhead(t, true);
  ahead.took(SLOW_MS, 1);
  let count = 0;
  for (let work = ahead.prepare([PAGE]); work !== undefined; work = ahead.prepare([PAGE])) {
    await work;
    count++;
  }
  assert.ok(count > 1 && count < 1000, `${count} reads`);
});

test('those who wait when it ends do not wait for ever, and nobody waits any more', async (t) => {
  const { ahead } = readAhead(t, true);
  ahead.took(SLOW_MS, 1);
  const work = ahead.prepare([PAGE]);
  await ahead.close();
  await work;
  assert.equal(ahead.prepare([PAGE]), undefined);
});

test('where it does not work it is told once, and everybody reads without', async (t) => {
  const { ahead, faults } = readAhead(t, false);
  ahead.took(SLOW_MS, 1);
  await Promise.all([ahead.prepare([PAGE]), ahead.prepare([PAGE])]);
  assert.equal(ahead.prepare([PAGE]), undefined);
  assert.equal(faults.length, 1);
});
