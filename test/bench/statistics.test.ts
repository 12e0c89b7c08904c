import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median, percentile } from '../../bench/statistics.ts';

test('a percentile is the smallest value that enough of the values do not exceed', () => {
  const hundred = Float64Array.from({ length: 100 }, (_, i) => i + 1);
  assert.deepEqual(
    [50, 90, 99, 99.5, 100].map((percent) => percentile(hundred, percent)),
    [50, 90, 99, 100, 100],
  );
});

test('a percentile of one value is that value, and of none there is none', () => {
  assert.deepEqual([percentile([7], 1), percentile([7], 99), percentile([], 50)], [7, 7, undefined]);
});

test('a median is the middle value, or the mean of the two in the middle', () => {
  assert.deepEqual([median([9, 1, 5]), median([4, 1, 2, 10]), median([])], [5, 3, undefined]);
});
