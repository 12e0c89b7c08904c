import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assertSound } from './assert-sound.ts';
import { newChat, runStep, snapshot, steps } from './random-actions.ts';

// architecture.md, invariant 2: what lets many nodes run one log.
test('the same log of actions gives the same events and the same state', () => {
  fc.assert(
    fc.property(steps, (log) => {
      const [first, second] = [newChat(), newChat()];
      log.forEach((step, number) => {
        assert.deepEqual(runStep(first, step, number), runStep(second, step, number));
      });
      assert.deepEqual(snapshot(first), snapshot(second));
    }),
    { numRuns: 500 },
  );
});

test('a refused action changes nothing', () => {
  fc.assert(
    fc.property(steps, (log) => {
      const chat = newChat();
      log.forEach((step, number) => {
        const before = snapshot(chat);
        const outcome = runStep(chat, step, number);
        if (outcome?.ok === false) assert.deepEqual(snapshot(chat), before);
      });
    }),
    { numRuns: 300 },
  );
});

test('after every action the state is sound', () => {
  fc.assert(
    fc.property(steps, (log) => {
      const chat = newChat();
      log.forEach((step, number) => {
        runStep(chat, step, number);
        assertSound(chat);
      });
    }),
    { numRuns: 500 },
  );
});
