import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { runCli, startServerProcess, type CliResult } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A way to give commands on a data directory: a server runs on it, or none does. */
type Way = 'a running server' | 'a stopped server';
const WAYS: readonly Way[] = ['a running server', 'a stopped server'];

async function commands(
  t: TestContext,
  way: Way,
): Promise<{ cwd: string; cli: (args: string, input?: string) => Promise<CliResult> }> {
  const cwd = temporaryFolder(t);
  if (way === 'a running server') await startServerProcess(t, ['--port', '0'], cwd);
  return { cwd, cli: (args, input = '') => runCli(args.split(' '), { cwd, input }) };
}

function output(stdout: string): CliResult {
  return { code: 0, stdout, stderr: '' };
}

function problem(text: string, code = 1): CliResult {
  return { code, stdout: '', stderr: `partyline: ${text}\n` };
}

for (const way of WAYS) {
  test(`${way}: an account is made with the password on the standard input, and is in the list`, async (t) => {
    const { cli } = await commands(t, way);
    assert.deepEqual(await cli('account add Alan', 'a good password\n'), output('There is an account Alan now.\n'));
    assert.deepEqual(await cli('account add alan', 'another one\n'), problem('there is an account alan already.'));
    const listed = await cli('account list --json');
    const [alan, ...others] = JSON.parse(listed.stdout) as Record<string, unknown>[];
    assert.deepEqual([alan?.['name'], alan?.['nicks'], alan?.['sessions'], others], ['Alan', ['Alan'], 0, []]);
    assert.match(
      (await cli('account list')).stdout,
      /^account  made  +last here\nAlan {5}\d{4}-\d\d-\d\d  \d{4}-\d\d-\d\d\n$/,
    );
  });

  test(`${way}: rooms are listed`, async (t) => {
    const { cli } = await commands(t, way);
    await cli('account add alan', 'a good password\n');
    assert.deepEqual(await cli('room list'), output('room    members  topic\n#lobby  0\n'));
    const [lobby] = JSON.parse((await cli('room list --json')).stdout) as Record<string, unknown>[];
    assert.deepEqual([lobby?.['name'], lobby?.['members'], lobby?.['isPermanent']], ['#lobby', 0, true]);
  });

  test(`${way}: what cannot be done is a clear line and an exit code`, async (t) => {
    const { cli } = await commands(t, way);
    assert.deepEqual(await cli('account add', ''), {
      code: 2,
      stdout: '',
      stderr: 'partyline: it is "partyline account add NAME". "partyline account --help" explains it.\n',
    });
    assert.deepEqual((await cli('account')).code, 2);
    assert.deepEqual((await cli('account dance')).code, 2);
    assert.deepEqual((await cli('account list --tidy')).code, 2);
    assert.match((await cli('account add a,b', 'a good password')).stderr, /^partyline: "a,b" cannot be a name: /);
    assert.deepEqual(await cli('account add alan'), problem('there is no password on the standard input.'));
    assert.equal((await cli('account add alan', 'x\n')).code, 1);
  });
}

test('without a data directory there is nothing to list, and none is made', async (t) => {
  const { cli, cwd } = await commands(t, 'a stopped server');
  assert.deepEqual(await cli('account list'), problem('there is no database in ./data.'));
  assert.equal(existsSync(join(cwd, 'data')), false);
});

test('the socket is for the user whom the server runs as alone', async (t) => {
  const { cwd } = await commands(t, 'a running server');
  assert.equal(statSync(join(cwd, 'data/control.sock')).mode & 0o777, 0o600);
});

test('a server that was killed leaves a socket behind, which is in nobody’s way', async (t) => {
  const cwd = temporaryFolder(t);
  const first = await startServerProcess(t, ['--port', '0'], cwd);
  await first.stop('SIGKILL');
  assert.ok(existsSync(join(cwd, 'data/control.sock')));
  const added = await runCli(['account', 'add', 'alan'], { cwd, input: 'a good password\n' });
  assert.deepEqual(added, output('There is an account alan now.\n'));
  await startServerProcess(t, ['--port', '0'], cwd);
  assert.match((await runCli(['account', 'list'], { cwd })).stdout, /^alan /m);
});
