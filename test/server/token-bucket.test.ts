import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TokenBucket } from '../../src/server/token-bucket.ts';

test('a burst is let through, then refused with the time until the next is taken', () => {
  const bucket = new TokenBucket(2, 4, 0);
  assert.deepEqual([bucket.take(1, 0), bucket.take(1, 0), bucket.take(1, 0)], [0, 0, 250]);
  assert.equal(bucket.take(1, 249), 1);
  assert.equal(bucket.take(1, 250), 0);
});

test('it never holds more than a burst, however long it was left alone', () => {
  const bucket = new TokenBucket(2, 4, 0);
  assert.deepEqual(
    [1, 2, 3].map(() => bucket.take(1, 1_000_000)),
    [0, 0, 250],
  );
});

test('a costly request leaves a debt that has to be waited off', () => {
  const bucket = new TokenBucket(2, 1, 0);
  assert.equal(bucket.take(5, 0), 0);
  assert.equal(bucket.take(1, 0), 4000);
  assert.equal(bucket.take(1, 4000), 0);
});

test('what is refused costs nothing', () => {
  const bucket = new TokenBucket(1, 1, 0);
  bucket.take(1, 0);
  for (let tries = 0; tries < 100; tries++) bucket.take(1, 500);
  assert.equal(bucket.take(1, 1000), 0);
});

test('what cannot be refused is charged for afterwards', () => {
  const bucket = new TokenBucket(2, 1, 0);
  bucket.charge(4, 0);
  assert.equal(bucket.take(1, 0), 3000);
  assert.equal(bucket.take(1, 3000), 0);
});

test('what is free is taken in spite of a debt', () => {
  const bucket = new TokenBucket(1, 1, 0);
  bucket.charge(4, 0);
  assert.equal(bucket.take(0, 0), 0);
  assert.equal(bucket.take(1, 0), 4000);
});
