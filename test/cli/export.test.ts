import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { runCli, startServerProcess } from '../support/run-cli.ts';
import { talk } from '../support/talk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

type Line = Record<string, unknown>;

function linesOf(text: string): Line[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
}

/** A data directory where people have talked, and the server that still runs on it. */
async function talkedServer(
  t: TestContext,
): Promise<{ cwd: string; server: Awaited<ReturnType<typeof startServerProcess>> }> {
  const cwd = temporaryFolder(t);
  const server = await startServerProcess(t, ['--port', '0', '--no-limits'], cwd);
  await runCli(['account', 'add', 'carol'], { cwd, input: 'a good password\n' });
  await talk(t, server.port, ['hello', 'is it ☎ or ☏?']);
  return { cwd, server };
}

test('an export has all that was said, in order, the same from a running server and from a stopped one', async (t) => {
  const { cwd, server } = await talkedServer(t);
  const running = await runCli(['export'], { cwd });
  assert.deepEqual([running.code, running.stderr], [0, '']);
  const lines = linesOf(running.stdout);
  const [header, carol] = lines;
  assert.deepEqual([header?.['kind'], header?.['format'], header?.['version']], ['header', 'partyline-export', 1]);
  assert.deepEqual([carol?.['kind'], carol?.['name']], ['account', 'carol']);
  const texts = lines.filter(({ kind }) => kind === 'said' || kind === 'told').map(({ text }) => text);
  assert.deepEqual(texts, ['hello', 'is it ☎ or ☏?', 'the last word', 'this is between us']);
  const said = lines.find(({ kind }) => kind === 'said') as { by: Line; at: number };
  assert.deepEqual([said.by['name'], said.by['user']], ['alan', 'guest']);
  assert.equal(lines.at(-1)?.['kind'], 'end');
  assert.equal(lines.at(-1)?.['messages'], 4);
  await server.stop('SIGKILL');
  const stopped = await runCli(['export', '--out', 'all.jsonl'], { cwd });
  assert.match(stopped.stdout, /^Exported: 1 account, 3 conversations, 4 messages, \d+ other events\.\n$/);
  assert.equal(readFileSync(join(cwd, 'all.jsonl'), 'utf8'), running.stdout);
  assert.equal(statSync(join(cwd, 'all.jsonl')).mode & 0o777, 0o600);
});

test('the export of one account has nothing of others, and no password', async (t) => {
  const { cwd } = await talkedServer(t);
  const { stdout } = await runCli(['export', '--account', 'Carol'], { cwd });
  assert.deepEqual(
    linesOf(stdout).map(({ kind }) => kind),
    ['header', 'account', 'end'],
  );
  assert.equal(stdout.includes('scram'), false);
  assert.deepEqual(await runCli(['export', '--account', 'dora'], { cwd }), {
    code: 1,
    stdout: '',
    stderr: 'partyline: there is no account dora.\n',
  });
});

test('a dry run of an export counts, and writes nothing', async (t) => {
  const { cwd } = await talkedServer(t);
  const { stdout, code } = await runCli(['export', '--out', 'all.jsonl', '--dry-run', '--json'], { cwd });
  assert.deepEqual([code, (JSON.parse(stdout) as Line)['messages']], [0, 4]);
  assert.equal(existsSync(join(cwd, 'all.jsonl')), false);
});
