import assert from 'node:assert/strict';
import { test } from 'node:test';
import { showFigure } from '../../bench/figures.ts';
import { layOut } from '../../bench/report/layout.ts';

test('columns are as wide as their widest cell, numbers to the right, and no line ends in blanks', () => {
  const columns = [
    { title: 'server', align: 'left' as const },
    { title: 'ms', align: 'right' as const },
    { title: '', align: 'left' as const },
  ];
  const rows = [
    ['bare', '1,234.50', 'slow'],
    ['a-long-name', '0.10', ''],
  ];
  assert.equal(
    layOut(columns, rows),
    ['server             ms', 'bare         1,234.50  slow', 'a-long-name      0.10', ''].join('\n'),
  );
});

test('a figure is shown with its own decimals, and one that is missing as a dash', () => {
  assert.deepEqual(
    [
      showFigure('deliveriesPerCpuSecond', 6_123_456.7),
      showFigure('cpuMicrosPerDelivery', 0.1634),
      showFigure('latencyP50Ms', undefined),
    ],
    ['6,123,457', '0.163', '-'],
  );
});
