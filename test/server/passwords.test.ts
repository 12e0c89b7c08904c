// OWASP, "Password Storage Cheat Sheet"; RFC 5802 section 3; RFC 4013.
import assert from 'node:assert/strict';
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { test } from 'node:test';
import type { Credentials } from '../../src/domain/account.ts';
import { nickKey } from '../../src/domain/nick.ts';
import { PasswordWork } from '../../src/server/passwords.ts';
import { preparePassword } from '../../src/server/prepared-password.ts';
import { WorkQueue } from '../../src/server/work-queue.ts';

const work = new PasswordWork(Buffer.alloc(32, 7), 8);

async function credentials(password: string): Promise<Credentials> {
  const result = await work.hash(password);
  assert.ok(result.ok);
  return result.value;
}

test('a password is known again, another is not, and nothing of it is kept', async () => {
  const kept = await credentials('correct horse');
  assert.ok(!JSON.stringify(kept).includes('horse'));
  assert.deepEqual(await work.verify(kept, 'correct horse'), { ok: true, value: true });
  assert.deepEqual(await work.verify(kept, 'Correct horse'), { ok: true, value: false });
  assert.deepEqual(await work.verify(undefined, 'correct horse'), { ok: true, value: false });
  assert.notDeepEqual(await credentials('correct horse'), kept);
});

test('the keys for SCRAM are those that a client computes from the password', async () => {
  const { scram } = await credentials('correct horse');
  for (const [name, bytes, keys] of [
    ['sha256', 32, scram.sha256],
    ['sha512', 64, scram.sha512],
  ] as const) {
    assert.ok(keys.iterations >= 4096);
    const salted = pbkdf2Sync('correct horse', Buffer.from(keys.salt, 'base64'), keys.iterations, bytes, name);
    const clientKey = createHmac(name, salted).update('Client Key').digest();
    assert.equal(keys.storedKey, createHash(name).update(clientKey).digest('base64'));
    assert.equal(keys.serverKey, createHmac(name, salted).update('Server Key').digest('base64'));
  }
});

test('a name without an account has keys too, the same ones after a restart and of the same form as real ones', async () => {
  const name = nickKey('nobody');
  const { scram } = await credentials('correct horse');
  for (const hash of ['sha256', 'sha512'] as const) {
    const decoy = work.decoy(name, hash);
    assert.deepEqual(decoy, new PasswordWork(Buffer.alloc(32, 7), 8).decoy(name, hash));
    assert.notDeepEqual(decoy, work.decoy(nickKey('somebody'), hash));
    assert.equal(decoy.iterations, scram[hash].iterations);
    for (const key of ['salt', 'storedKey', 'serverKey'] as const) {
      assert.equal(decoy[key].length, scram[hash][key].length);
    }
  }
});

test('a password is the same however it was typed; some texts are none', () => {
  const prepared = (text: string): unknown => {
    const result = preparePassword(text, 4);
    return result.ok ? result.value : result.error;
  };
  // RFC 4013 section 3.
  assert.equal(prepared('I\u00adXIV'), 'IXIV');
  assert.equal(prepared('user'), 'user');
  assert.equal(prepared('\u2168\u00aaXI'), 'IXaXI');
  assert.deepEqual(prepared('user\u0007'), { kind: 'bad-character' });
  assert.equal(prepared('two\u00a0words'), 'two words');
  assert.equal(prepared('cafe\u0301'), 'caf\u00e9');
  assert.deepEqual(prepared('abc'), { kind: 'too-short', minChars: 4 });
  assert.deepEqual(prepared('x'.repeat(301)), { kind: 'too-long', maxBytes: 300 });
});

test('work is done two at a time, in order; when too much waits, more is refused', async () => {
  const queue = new WorkQueue(2, 1);
  const done: number[] = [];
  const finish: (() => void)[] = [];
  const begin = (number: number): Promise<void> | undefined =>
    queue.run(async () => {
      await new Promise<void>((resolve) => finish.push(resolve));
      done.push(number);
    });
  const begun = [begin(1), begin(2), begin(3)];
  assert.equal(begin(4), undefined);
  assert.equal(finish.length, 2);
  finish[0]?.();
  await begun[0];
  assert.equal(finish.length, 3);
  finish[2]?.();
  finish[1]?.();
  await begun[1];
  await begun[2];
  assert.deepEqual(new Set(done), new Set([1, 2, 3]));
});
