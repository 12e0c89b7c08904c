import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { test } from 'node:test';
import { run } from '../support/commands.ts';
import { LAUNCHER } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** The longest line of a help: what a wide terminal shows. */
const MAX_COLUMNS = 120;

/** What the help names in its first column: commands. */
async function commandNames(cwd: string): Promise<string[]> {
  const { stdout } = await run(['--help'], cwd);
  const names = [...stdout.matchAll(/^ {2}([a-z]+) {2,}\S/gm)].map(([, name = '']) => name);
  return names.filter((name) => name !== 'help' && name !== 'version');
}

/** The flags that a help names, each with a value where it takes one. */
function flagsOf(help: string): string[][] {
  const lines = [...help.matchAll(/^ {2}(?:(-[a-z]), )?(--[a-z-]+)(?: ([A-Z][A-Z|]*))? {2,}\S/gm)];
  return lines.flatMap(([, short, long = '', value]) =>
    [short, long].flatMap((flag) => (flag === undefined ? [] : [value === undefined ? [flag] : [flag, 'x']])),
  );
}

test('every command has a help of the same form, and accepts every flag that is in it', async (t) => {
  const cwd = temporaryFolder(t);
  const names = await commandNames(cwd);
  assert.ok(names.length >= 9, names.join(' '));
  for (const name of names) {
    const help = await run([name, '--help'], cwd);
    assert.deepEqual([help.code, help.stderr], [0, ''], name);
    assert.match(
      help.stdout,
      new RegExp(`^Usage: partyline ${name} [^]*\\n {2}--help +this text\\n[^]*\\nExit code: 0 `),
    );
    for (const line of help.stdout.split('\n')) assert.ok(line.length <= MAX_COLUMNS, `${name}: ${line}`);
    assert.deepEqual(await run(['help', name], cwd), help);
    assert.deepEqual(await run([name, '-h'], cwd), help);
    const flags = flagsOf(help.stdout);
    assert.ok(flags.length >= 3, name);
    for (const flag of flags) assert.deepEqual(await run([name, ...flag, '--help'], cwd), help, `${name} ${flag[0]}`);
  }
});

test('every command names a flag that it does not know, and what was probably meant', async (t) => {
  const cwd = temporaryFolder(t);
  for (const name of await commandNames(cwd)) {
    const { code, stdout, stderr } = await run([name, '--confg=x'], cwd);
    const meant = name === 'connect' ? '' : '; did you mean --config?';
    const end = meant === '' ? '.' : '';
    assert.deepEqual([code, stdout], [2, '']);
    assert.equal(
      stderr,
      `partyline: there is no option --confg${meant}${end} "partyline ${name} --help" explains it.\n`,
    );
  }
});

test('commands with verbs name them, and the one that was probably meant', async (t) => {
  const cwd = temporaryFolder(t);
  for (const name of ['account', 'room', 'config']) {
    assert.match((await run([name], cwd)).stderr, /^partyline: say what to do: \w+, \w+, /);
    assert.match((await run([name, 'shw'], cwd)).stderr, new RegExp(`no ${name} "shw"; did you mean show\\? `));
    assert.deepEqual([(await run([name], cwd)).code, (await run([name, 'shw'], cwd)).code], [2, 2]);
  }
});

test('without a command there is help and exit code 2; an unknown one is named, and what was probably meant', async (t) => {
  const cwd = temporaryFolder(t);
  const help = await run(['help'], cwd);
  assert.deepEqual(await run([], cwd), { code: 2, stdout: '', stderr: help.stdout });
  const unknown = (problem: string): object => ({
    code: 2,
    stdout: '',
    stderr: `partyline: ${problem} "partyline --help" lists them.\n`,
  });
  assert.deepEqual(await run(['srve'], cwd), unknown('there is no command "srve"; did you mean serve?'));
  assert.deepEqual(await run(['help', 'dance'], cwd), unknown('there is no command "dance".'));
  assert.deepEqual(await run(['constructor'], cwd), unknown('there is no command "constructor".'));
  assert.deepEqual(await run(['--data', 'x'], cwd), unknown('there is no option --data before the command.'));
});

test('the version is one line, with that of Node', async (t) => {
  const cwd = temporaryFolder(t);
  for (const name of ['version', '--version', '-V']) {
    const { code, stdout } = await run([name], cwd);
    assert.match(stdout, /^partyline \d+\.\d+\.\d+\S* \(node v\d+\.\d+\.\d+\)\n$/);
    assert.equal(code, 0);
  }
});

test('output that nobody reads any more is no fault; output that there is no room for is', async (t) => {
  const cwd = temporaryFolder(t);
  const shell = async (command: string): Promise<{ readonly code: unknown; readonly errors: string }> => {
    const child = spawn('bash', ['-c', command], { cwd, env: { ...process.env, N: process.execPath, P: LAUNCHER } });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const [code] = (await once(child, 'close')) as [unknown];
    return { code, errors };
  };
  assert.deepEqual(await shell('"$N" "$P" config sample | true; exit ${PIPESTATUS[0]}'), { code: 0, errors: '' });
  const full = await shell('"$N" "$P" config sample > /dev/full');
  assert.deepEqual([full.code, full.errors.split('\n').length], [1, 2], full.errors);
  assert.match(full.errors, /^partyline: cannot write the output: ENOSPC/);
});

test('every command line of the operating guide is one that the program takes', async (t) => {
  const cwd = temporaryFolder(t);
  const guide = readFileSync(new URL('../../docs/operating.md', import.meta.url), 'utf8');
  const lines = [...guide.matchAll(/^ {4}(?:sudo -u partyline )?partyline ([^>\n]+)/gm)].map(([, line = '']) =>
    line.trim(),
  );
  assert.ok(lines.length >= 30);
  for (const line of lines) {
    const [name = '', verb = '', ...words] = line.replaceAll("'", '').split(' ');
    const { code, stdout } = await run([name, verb, ...words, '--help'], cwd);
    assert.equal(code, 0, line);
    const isVerb = new RegExp(`^ {2}${verb}(?: |$)`, 'm').test(stdout);
    assert.ok(isVerb || !['account', 'room', 'config'].includes(name), line);
  }
});
