import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { runCli, startServerProcess } from '../support/run-cli.ts';
import { talk } from '../support/talk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Outcome {
  readonly added: Readonly<Record<string, number>>;
  readonly known: Readonly<Record<string, number>>;
  readonly isWhole: boolean;
}

/** A folder with `all.jsonl`, the export of a server where people have talked. */
async function exported(t: TestContext): Promise<string> {
  const cwd = temporaryFolder(t);
  const server = await startServerProcess(t, ['--port', '0', '--no-limits'], cwd);
  await runCli(['account', 'add', 'carol'], { cwd, input: 'a good password\n' });
  await talk(t, server.port, ['hello', 'is it ☎ or \u2028?']);
  await server.stop('SIGTERM');
  assert.equal((await runCli(['export', '--out', 'all.jsonl'], { cwd })).code, 0);
  return cwd;
}

function outcomeOf(stdout: string): Outcome {
  return JSON.parse(stdout) as Outcome;
}

test('an export that is imported into an empty data directory is exported from there as it was', async (t) => {
  const cwd = await exported(t);
  const args = ['--data', 'other'];
  const imported = await runCli(['import', 'all.jsonl', '--json', ...args], { cwd });
  assert.deepEqual([imported.code, imported.stderr], [0, '']);
  assert.equal(outcomeOf(imported.stdout).added['messages'], 4);
  const again = await runCli(['export', ...args], { cwd });
  assert.equal(again.stdout, readFileSync(join(cwd, 'all.jsonl'), 'utf8'));
});

test('the same export twice adds nothing, neither where it comes from nor elsewhere', async (t) => {
  const cwd = await exported(t);
  for (const data of ['data', 'other']) {
    if (data === 'other') await runCli(['account', 'add', 'dora', '--data', data], { cwd, input: 'a good password\n' });
    const first = outcomeOf((await runCli(['import', 'all.jsonl', '--json', '--data', data], { cwd })).stdout);
    const before = await runCli(['export', '--data', data], { cwd });
    const second = outcomeOf((await runCli(['import', 'all.jsonl', '--json', '--data', data], { cwd })).stdout);
    assert.equal(first.added['messages'], data === 'data' ? 0 : 4);
    assert.deepEqual(new Set(Object.values(second.added)), new Set([0]));
    assert.deepEqual([second.known['accounts'], second.known['messages']], [1, 4]);
    assert.equal((await runCli(['export', '--data', data], { cwd })).stdout, before.stdout);
  }
});

test('after an import the index of words is made anew', async (t) => {
  const cwd = await exported(t);
  const later = await startServerProcess(t, ['--port', '0', '--data', 'other'], cwd);
  await later.stop('SIGTERM');
  assert.ok(existsSync(join(cwd, 'other/search.db')));
  await runCli(['import', 'all.jsonl', '--data', 'other'], { cwd });
  assert.equal(existsSync(join(cwd, 'other/search.db')), false, 'the next start makes it');
});

test('a dry run of an import counts, and changes nothing', async (t) => {
  const cwd = await exported(t);
  const args = ['import', 'all.jsonl', '--dry-run', '--json'];
  assert.equal(outcomeOf((await runCli([...args, '--data', 'other'], { cwd })).stdout).added['messages'], 4);
  assert.equal(existsSync(join(cwd, 'other')), false);
  await runCli(['account', 'add', 'dora', '--data', 'other'], { cwd, input: 'a good password\n' });
  const before = await runCli(['export', '--data', 'other'], { cwd });
  assert.equal(outcomeOf((await runCli([...args, '--data', 'other'], { cwd })).stdout).added['messages'], 4);
  assert.equal((await runCli(['export', '--data', 'other'], { cwd })).stdout, before.stdout);
});

test('what is no export, what is not whole, and a server that runs are clear lines and an exit code', async (t) => {
  const cwd = await exported(t);
  const lines = readFileSync(join(cwd, 'all.jsonl'), 'utf8').split('\n');
  writeFileSync(join(cwd, 'half.jsonl'), `${lines.slice(0, 6).join('\n')}\n`);
  writeFileSync(join(cwd, 'letter.txt'), 'Dear all,\n');
  writeFileSync(join(cwd, 'strange.jsonl'), `${lines[0]}\n{"kind":"said","text":1}\n`);
  const problem = async (...args: string[]): Promise<string> => {
    const { code, stderr } = await runCli(['import', ...args], { cwd });
    assert.equal(code, 1);
    return stderr;
  };
  const args = ['--data', 'other'];
  assert.equal(await problem('half.jsonl', ...args), 'partyline: the file is not whole: its last line is missing.\n');
  assert.equal(
    await problem('letter.txt', ...args),
    'partyline: letter.txt was not imported whole: line 1 is no JSON.\n',
  );
  assert.equal(
    await problem('strange.jsonl', ...args),
    'partyline: strange.jsonl was not imported whole: line 2 is no line of an export (id).\n',
  );
  await startServerProcess(t, ['--port', '0'], cwd);
  assert.equal(await problem('all.jsonl'), 'partyline: a server runs on ./data; stop it first.\n');
});
