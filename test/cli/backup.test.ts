import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { runCli, startServerProcess } from '../support/run-cli.ts';
import { talk } from '../support/talk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('a backup that is made while people talk is whole, and what it has is there again once it is restored', async (t) => {
  const cwd = temporaryFolder(t);
  const server = await startServerProcess(t, ['--port', '0', '--no-limits'], cwd);
  const [alan] = await talk(t, server.port, ['before the backup']);
  const enough = new AbortController();
  const talking = (async () => {
    for (let count = 0; !enough.signal.aborted; count++) {
      alan!.send(`${'words '.repeat(100)}${count}\n`.repeat(20));
      await new Promise(setImmediate);
    }
  })();
  const backup = await runCli(['backup', 'copy.db', '--json'], { cwd });
  enough.abort();
  await talking;
  assert.deepEqual([backup.code, backup.stderr], [0, '']);
  const { messages } = JSON.parse(backup.stdout) as { messages: number };
  await server.stop('SIGTERM');
  const args = ['--data', 'again'];
  const restored = await runCli(['restore', 'copy.db', ...args], { cwd });
  assert.deepEqual(restored, { code: 0, stdout: `${messages} messages are restored.\n`, stderr: '' });
  const exported = await runCli(['export', ...args], { cwd });
  assert.match(exported.stdout, /"text":"before the backup"/);
  const database = new DatabaseSync(join(cwd, 'again/partyline.db'));
  assert.deepEqual(database.prepare('PRAGMA integrity_check').get()?.['integrity_check'], 'ok');
  database.close();
  const next = await startServerProcess(t, ['--port', '0', ...args], cwd);
  await next.stop('SIGTERM');
});

test('a backup of a stopped server into a folder has the time in its name', async (t) => {
  const cwd = temporaryFolder(t);
  await runCli(['account', 'add', 'alan'], { cwd, input: 'a good password\n' });
  mkdirSync(join(cwd, 'copies'));
  assert.equal((await runCli(['backup', join(cwd, 'copies')], { cwd })).code, 0);
  const [name, ...others] = readdirSync(join(cwd, 'copies'));
  assert.match(name ?? '', /^partyline-\d{4}-\d\d-\d\dT\d{6}Z\.db$/);
  assert.deepEqual(others, []);
});

test('a restore refuses while a server runs, over data that is there, and what is no backup', async (t) => {
  const cwd = temporaryFolder(t);
  const server = await startServerProcess(t, ['--port', '0'], cwd);
  await runCli(['backup', 'copy.db'], { cwd });
  await runCli(['account', 'add', 'alan'], { cwd, input: 'a good password\n' });
  writeFileSync(join(cwd, 'letter.txt'), 'not a database, and long enough to be looked at '.repeat(100));
  const restore = async (...args: string[]): Promise<string> => (await runCli(['restore', ...args], { cwd })).stderr;
  assert.equal(await restore('copy.db', '--force'), 'partyline: a server runs on ./data; stop it first.\n');
  await server.stop('SIGTERM');
  const before = readFileSync(join(cwd, 'data/partyline.db'));
  assert.equal(await restore('copy.db'), 'partyline: there is a database in ./data already; --force replaces it.\n');
  assert.match(
    await restore('letter.txt', '--force'),
    /^partyline: letter\.txt was not restored: the database file is damaged, or is none\.\n$/,
  );
  assert.equal(await restore('copy.db', '--force', '--dry-run'), '');
  assert.deepEqual(readFileSync(join(cwd, 'data/partyline.db')), before);
  assert.equal(await restore('copy.db', '--force'), '');
  assert.equal((await runCli(['account', 'list', '--json'], { cwd })).stdout, '[]\n');
});

test('a dry run of a backup copies nothing, and a file that is there is left alone', async (t) => {
  const cwd = temporaryFolder(t);
  await runCli(['account', 'add', 'alan'], { cwd, input: 'a good password\n' });
  assert.match(
    (await runCli(['backup', 'copy.db', '--dry-run'], { cwd })).stdout,
    /^About \d+ bytes would be copied to /,
  );
  assert.equal(existsSync(join(cwd, 'copy.db')), false);
  writeFileSync(join(cwd, 'copy.db'), 'mine');
  assert.equal((await runCli(['backup', 'copy.db'], { cwd })).code, 1);
  assert.equal(readFileSync(join(cwd, 'copy.db'), 'utf8'), 'mine');
});
