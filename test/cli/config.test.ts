import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('config show tells every value and where it came from, as text and as JSON', async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, 'my.toml'), '[limits]\nrooms = 5\n');
  const env = { PARTYLINE_NAME: 'home' };
  const shown = await runCli(['config', 'show', '--config', 'my.toml'], { cwd, env });
  assert.equal(shown.code, 0);
  assert.match(shown.stdout, /^limits\.rooms = 5 +# my\.toml$/m);
  assert.match(shown.stdout, /^name = "home" +# PARTYLINE_NAME$/m);
  assert.match(shown.stdout, /^data = "\.\/data" +# built-in$/m);
  const json = await runCli(['config', 'show', '--json', '--config', 'my.toml'], { cwd, env });
  const rows = JSON.parse(json.stdout) as { name: string; value: unknown; origin: string }[];
  assert.deepEqual(
    rows.find(({ name }) => name === 'limits.rooms'),
    { name: 'limits.rooms', value: 5, origin: 'my.toml' },
  );
});

test('config check says that all is well, or lists the mistakes and exits 1', async (t) => {
  const cwd = temporaryFolder(t);
  assert.equal((await runCli(['config', 'check'], { cwd })).code, 0);
  writeFileSync(join(cwd, 'partyline.toml'), '[limits]\nroms = 5\nrooms = -1\n');
  assert.deepEqual(await runCli(['config', 'check'], { cwd }), {
    code: 1,
    stdout: '',
    stderr: [
      'partyline: partyline.toml:2: limits.roms is not a setting (did you mean limits.rooms?).',
      'partyline: partyline.toml:3: limits.rooms is -1; it must be a whole number from 1 to 1000000.',
      '',
    ].join('\n'),
  });
});

test('a wrong command line is one sentence and exit code 2', async () => {
  for (const args of [[], ['dance'], ['show', 'more'], ['show', '--nonsense']]) {
    const result = await runCli(['config', ...args]);
    assert.equal(result.code, 2);
    assert.match(result.stderr, /^partyline: [^\n]+ "partyline config --help" explains it\.\n$/);
  }
});
