import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ServerBan } from '../../src/domain/server-ban.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { ServerBanTable } from '../../src/storage/server-ban-table.ts';
import { newChat } from '../domain/random-actions.ts';

test('a ban from the server whose time is over by the next start is forgotten', (t) => {
  const database = openDatabase(':memory:', 'process');
  t.after(() => database.close());
  const table = new ServerBanTable(database);
  const ban = (mask: string, until: number | undefined): ServerBan => {
    return { kind: 'name', mask, reason: 'because', by: 'oper', at: 1000, until, network: undefined };
  };
  const bans = [ban('over!*@*', 4999), ban('ends!*@*', 5000), ban('runs!*@*', 5001), ban('lasts!*@*', undefined)];
  for (const one of bans) table.put(one);
  const restored = (at: number): ServerBan[] => {
    const chat = newChat();
    table.restore(chat, at);
    return [...chat.serverBans.values()];
  };
  const left = restored(5000);
  assert.deepEqual(
    left.toSorted((one, other) => (one.mask < other.mask ? -1 : 1)),
    [bans[3], bans[2]],
  );
  assert.equal(restored(1000).length, 2);
});
