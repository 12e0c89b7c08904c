import assert from 'node:assert/strict';
import { test } from 'node:test';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { killRounds } from './kill-rounds.ts';

test('whenever a busy server is killed, history has all that anybody was told, once and in order', async (t) => {
  let told = 0;
  for await (const round of killRounds({
    folder: temporaryFolder(t),
    kills: 4,
    sync: 'process',
    random: Math.random,
  })) {
    told += round.told;
  }
  assert.ok(told > 0, 'somebody was told something');
});
