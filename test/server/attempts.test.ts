import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nickKey } from '../../src/domain/nick.ts';
import type { OneRefusal } from '../../src/domain/refusal.ts';
import { ok, type Result } from '../../src/domain/result.ts';
import { AttemptLimit } from '../../src/server/attempt-limit.ts';
import { AttemptLimits } from '../../src/server/attempts.ts';

const ALAN = nickKey('alan');
const BETH = nickKey('beth');

function limits(): { readonly limits: AttemptLimits; readonly clock: { ms: number } } {
  const clock = { ms: 0 };
  return {
    limits: new AttemptLimits({ guessesPerMinute: 3, newAccounts: 2 }, { now: () => clock.ms }),
    clock,
  };
}

const wrong = (): Promise<Result<boolean, OneRefusal>> => Promise.resolve(ok(false));
const right = (): Promise<Result<boolean, OneRefusal>> => Promise.resolve(ok(true));

/** Whether a guess was right, or in how many milliseconds the next one may be made. */
async function outcome(guess: Promise<Result<boolean, OneRefusal>>): Promise<boolean | number> {
  const result = await guess;
  if (result.ok) return result.value;
  return result.error.kind === 'too-many-guesses' ? result.error.retryMs : Number.NaN;
}

test('three wrong guesses at one account are taken in a minute, wherever they come from', async () => {
  const { limits: all, clock } = limits();
  for (const last of [1, 2, 3]) {
    assert.equal(await outcome(all.guess(ALAN, `192.0.2.${last}`, wrong)), false);
    clock.ms += 1000;
  }
  assert.equal(await outcome(all.guess(ALAN, '192.0.2.4', right)), 57_000);
  assert.equal(await outcome(all.guess(BETH, '192.0.2.4', right)), true);
  clock.ms = 60_000;
  assert.equal(await outcome(all.guess(ALAN, '192.0.2.4', right)), true);
});

test('three wrong guesses from one address are taken in a minute; IPv6 counts by /64', async () => {
  const { limits: all } = limits();
  for (const name of ['one', 'two', 'three']) {
    assert.equal(await outcome(all.guess(nickKey(name), `2001:db8::${name.length}`, wrong)), false);
  }
  assert.equal(await outcome(all.guess(ALAN, '2001:db8::99', right)), 60_000);
  assert.equal(await outcome(all.guess(ALAN, '2001:db8:0:1::1', right)), true);
});

test('guesses made at once wait for each other, so that no more than three are wrong; right ones are never too many', async () => {
  const { limits: all } = limits();
  const guesses = Array.from({ length: 10 }, () => outcome(all.guess(ALAN, '192.0.2.1', wrong)));
  assert.deepEqual(await Promise.all(guesses), [false, false, false, ...Array<number>(7).fill(60_000)]);
  const others = Array.from({ length: 10 }, () => outcome(all.guess(BETH, '192.0.2.2', right)));
  assert.deepEqual(await Promise.all(others), Array<boolean>(10).fill(true));
});

test('a check that fails counts for nothing', async () => {
  const { limits: all } = limits();
  const broken = (): Promise<Result<boolean, OneRefusal>> => Promise.reject(new Error('broken'));
  for (let count = 0; count < 5; count++) await assert.rejects(all.guess(ALAN, '192.0.2.1', broken), /broken/);
  assert.equal(await outcome(all.guess(ALAN, '192.0.2.1', right)), true);
});

test('so many accounts may be made in ten minutes', () => {
  const { limits: all, clock } = limits();
  assert.equal(all.untilRegistration(), 0);
  all.registered();
  clock.ms = 60_000;
  all.registered();
  assert.equal(all.untilRegistration(), 540_000);
  clock.ms = 600_000;
  assert.equal(all.untilRegistration(), 0);
});

test('only so many keys are remembered; more are counted together', () => {
  const limit = new AttemptLimit(1, 1000);
  for (let key = 0; key < 10_000; key++) limit.add(`key ${key}`, 0);
  assert.equal(limit.until('another', 0), 0);
  limit.add('another', 0);
  assert.equal(limit.until('yet another', 0), 1000);
  limit.add('yet another', 1000);
  assert.equal(limit.until('key 1', 1000), 0);
  assert.equal(limit.until('another', 1000), 0);
});
