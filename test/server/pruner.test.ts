import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Pruner, type PrunedStorage } from '../../src/server/pruner.ts';
import type { PruningStep } from '../../src/storage/storage.ts';

const NOTHING = { everywhere: { maxAgeMs: undefined, maxMessages: undefined }, rooms: new Map() };
const NEVER = new AbortController().signal;

/** A pruner of a storage whose passes a test makes up. */
function pruner(t: TestContext, pass: () => Generator<PruningStep, undefined>): { pruner: Pruner; failed: unknown[] } {
  const failed: unknown[] = [];
  const storage: PrunedStorage = { isOpen: true, version: 0, pruning: pass };
  const made = new Pruner(storage, {
    retention: () => NOTHING,
    pruned: () => {},
    failed: (fault) => failed.push(fault),
  });
  t.after(() => made.stop());
  return { pruner: made, failed };
}

test('whoever waits is told of the steps, until a pass is over that was begun since', async (t) => {
  let passes = 0;
  let isAsked = false;
  const asked: boolean[] = [];
  const made = pruner(t, function* () {
    passes++;
    asked.push(isAsked);
    for (let rows = 1; rows <= 3; rows++) yield { erased: undefined, rows };
    return undefined;
  });
  isAsked = true;
  const rows: number[] = [];
  await made.pruner.finish(NEVER, (step) => rows.push(step.rows));
  assert.deepEqual(rows.slice(-3), [1, 2, 3]);
  assert.equal(asked[passes - 1], true);
  await made.pruner.finish(NEVER, () => {});
  assert.ok(passes >= 2);
});

test('a fault is told of, and the next pass is tried all the same', async (t) => {
  const fault = new RangeError('a row that should not be there');
  let isBroken = true;
  const made = pruner(t, function* () {
    yield { erased: undefined, rows: 1 };
    if (isBroken) throw fault;
    return undefined;
  });
  await assert.rejects(
    made.pruner.finish(NEVER, () => {}),
    fault,
  );
  assert.deepEqual(made.failed, [fault]);
  isBroken = false;
  await made.pruner.finish(NEVER, () => {});
});

test('whoever waits no longer keeps nobody else waiting, and nothing undone', async (t) => {
  let isOver = false;
  const made = pruner(t, function* () {
    for (let rows = 1; rows <= 2000; rows++) yield { erased: undefined, rows };
    isOver = true;
    return undefined;
  });
  const gone = new AbortController();
  const waiting = made.pruner.finish(gone.signal, () => gone.abort());
  const other = made.pruner.finish(NEVER, () => {});
  await assert.rejects(waiting, { name: 'AbortError' });
  await other;
  assert.equal(isOver, true);
});
