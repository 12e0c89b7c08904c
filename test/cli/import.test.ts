import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { commandsToServer, run } from '../support/commands.ts';
import { startServerProcess, type CliResult } from '../support/run-cli.ts';
import { talk } from '../support/talk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Outcome {
  readonly added: Readonly<Record<string, number>>;
  readonly known: Readonly<Record<string, number>>;
  readonly isWhole: boolean;
}

/** The export of a server where people have talked, and a way to give commands on data directories beside it. */
async function exported(t: TestContext): Promise<{ readonly file: string; readonly folder: string; readonly on: On }> {
  const { cli, server } = await commandsToServer(t);
  await cli('account add carol', 'a good password\n');
  await talk(t, server.port, ['hello', 'is it ☎ or \u2028?']);
  const folder = temporaryFolder(t);
  const file = join(folder, 'all.jsonl');
  assert.equal((await cli(`export --out ${file}`)).code, 0);
  return {
    file,
    folder,
    on: (data, line, input) => run([...line.split(' '), '--data', join(folder, data)], folder, input),
  };
}

type On = (data: string, line: string, input?: string) => Promise<CliResult>;

function outcomeOf({ stdout }: CliResult): Outcome {
  return JSON.parse(stdout) as Outcome;
}

test('an export that is imported into an empty data directory is exported from there as it was', async (t) => {
  const { file, on } = await exported(t);
  const imported = await on('other', `import ${file} --json`);
  assert.deepEqual([imported.code, imported.stderr], [0, '']);
  assert.equal(outcomeOf(imported).added['messages'], 4);
  assert.equal((await on('other', 'export')).stdout, readFileSync(file, 'utf8'));
});

test('the same export twice adds nothing, whether there was something before or not', async (t) => {
  const { file, on } = await exported(t);
  for (const data of ['empty', 'other']) {
    if (data === 'other') await on(data, 'account add dora', 'a good password\n');
    const first = outcomeOf(await on(data, `import ${file} --json`));
    const before = await on(data, 'export');
    const second = outcomeOf(await on(data, `import ${file} --json`));
    assert.equal(first.added['messages'], 4);
    assert.deepEqual(new Set(Object.values(second.added)), new Set([0]));
    assert.deepEqual([second.known['accounts'], second.known['messages']], [1, 4]);
    assert.equal((await on(data, 'export')).stdout, before.stdout);
  }
});

test('after an import the index of words is made anew', async (t) => {
  const { file, folder, on } = await exported(t);
  const later = await startServerProcess(t, ['--port', '0', '--data', 'other'], folder);
  await later.stop('SIGTERM');
  assert.ok(existsSync(join(folder, 'other/search.db')));
  await on('other', `import ${file}`);
  assert.equal(existsSync(join(folder, 'other/search.db')), false, 'the next start makes it');
});

test('a dry run of an import counts, and changes nothing', async (t) => {
  const { file, folder, on } = await exported(t);
  const line = `import ${file} --dry-run --json`;
  assert.equal(outcomeOf(await on('other', line)).added['messages'], 4);
  assert.equal(existsSync(join(folder, 'other')), false);
  await on('other', 'account add dora', 'a good password\n');
  const before = await on('other', 'export');
  assert.equal(outcomeOf(await on('other', line)).added['messages'], 4);
  assert.equal((await on('other', 'export')).stdout, before.stdout);
});

test('what is no export, what is not whole, and a server that runs are clear lines and an exit code', async (t) => {
  const { file, folder, on } = await exported(t);
  const lines = readFileSync(file, 'utf8').split('\n');
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const half = write('half.jsonl', `${lines.slice(0, 6).join('\n')}\n`);
  const letter = write('letter.txt', 'Dear all,\n');
  const strange = write('strange.jsonl', `${lines[0]}\n{"kind":"said","text":1}\n`);
  const problem = async (data: string, line: string): Promise<string> => {
    const { code, stderr } = await on(data, line);
    assert.equal(code, 1);
    return stderr;
  };
  assert.equal(
    await problem('other', `import ${half}`),
    'partyline: the file is not whole: its last line is missing.\n',
  );
  assert.equal(
    await problem('other', `import ${letter}`),
    `partyline: ${letter} was not imported whole: line 1 is no JSON.\n`,
  );
  assert.equal(
    await problem('other', `import ${strange}`),
    `partyline: ${strange} was not imported whole: line 2 is no line of an export (id).\n`,
  );
  assert.equal(await problem('other', 'import nothing.jsonl'), 'partyline: there is no file nothing.jsonl.\n');
  await startServerProcess(t, ['--port', '0', '--data', 'taken'], folder);
  const taken = join(folder, 'taken');
  assert.equal(await problem('taken', `import ${file}`), `partyline: a server runs on ${taken}; stop it first.\n`);
});

test('an export on the standard input is imported, whether its last line is ended or not', async (t) => {
  const { file, on } = await exported(t);
  const text = readFileSync(file, 'utf8');
  assert.equal((await on('other', 'import -', text.trimEnd())).code, 0);
  assert.equal((await on('other', 'export')).stdout, text);
});
