import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { commands, commandsToServer, run, WAYS, type Commands, type Way } from '../support/commands.ts';
import { IrcClient } from '../support/irc-client.ts';
import { joinAs, plainLogin } from '../support/log-in.ts';
import { missing } from '../support/programs.ts';
import { LAUNCHER, runCli, startServerProcess, type CliResult } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { TmuxTerminal } from '../support/tmux.ts';

const PASSWORD = 'correct horse\n';

async function commandsTo(t: TestContext, way: Way): Promise<Commands> {
  return way === 'a running server' ? commandsToServer(t) : commands(t);
}

function output(stdout: string): CliResult {
  return { code: 0, stdout, stderr: '' };
}

function problem(text: string, code = 1): CliResult {
  return { code, stdout: '', stderr: `partyline: ${text}\n` };
}

for (const way of WAYS) {
  test(`${way}: an account is made with the password on the standard input, and is in the list`, async (t) => {
    const { cli } = await commandsTo(t, way);
    assert.deepEqual(await cli('account add Alan', PASSWORD), output('There is an account Alan now.\n'));
    assert.deepEqual(await cli('account add alan', 'another one\n'), problem('there is an account alan already.'));
    const listed = await cli('account list --json');
    const [alan, ...others] = JSON.parse(listed.stdout) as Record<string, unknown>[];
    assert.deepEqual([alan?.['name'], alan?.['nicks'], alan?.['sessions'], others], ['Alan', ['Alan'], 0, []]);
    assert.match(
      (await cli('account list')).stdout,
      /^account  made  +last here\nAlan {5}\d{4}-\d\d-\d\d  \d{4}-\d\d-\d\d\n$/,
    );
  });

  test(`${way}: an account is shown, renamed, suspended, let in again and deleted`, async (t) => {
    const { cli } = await commandsTo(t, way);
    await cli('account add alan', PASSWORD);
    const shown = await cli('account show Alan');
    assert.match(shown.stdout, /^account {4}alan\nmade {7}\d{4}-\d\d-\d\d \d\d:\d\d UTC\n[^]*^password {3}yes$/m);
    assert.deepEqual(await cli('account rename alan Ada'), output('The account alan is called Ada now.\n'));
    assert.deepEqual(await cli('account show alan'), problem('there is no account "alan".'));
    const suspended = await cli('account suspend ada --reason spam --json');
    const { suspension } = JSON.parse(suspended.stdout) as { suspension: Record<string, unknown> };
    assert.deepEqual([suspension['reason'], suspension['by']], ['spam', 'console']);
    assert.match((await cli('account list')).stdout, /^Ada .* suspended: spam$/m);
    assert.deepEqual(await cli('account unsuspend ada'), output('The account Ada is no longer suspended.\n'));
    assert.deepEqual(await cli('account unsuspend ada'), problem('the account Ada is not suspended.'));
    assert.deepEqual(await cli('account delete ada --yes'), output('The account Ada is deleted.\n'));
    assert.deepEqual(await cli('account list --json'), output('[]\n'));
  });

  test(`${way}: what cannot be done is a clear line and an exit code`, async (t) => {
    const { cli } = await commandsTo(t, way);
    await cli('account add beth', PASSWORD);
    assert.deepEqual(
      await cli('account add'),
      problem('it is "partyline account add NAME". "partyline account --help" explains it.', 2),
    );
    for (const line of [
      'account',
      'account dance',
      'account list --tidy',
      'account list beth',
      'account rename beth',
    ]) {
      assert.equal((await cli(line)).code, 2, line);
    }
    assert.equal((await cli('account delete beth')).code, 2, 'nobody is there to be asked');
    assert.equal((await cli('account list --yes')).code, 2, 'a flag of another verb');
    assert.match((await cli('account add a,b', PASSWORD)).stderr, /^partyline: "a,b" cannot be a name: /);
    assert.deepEqual(await cli('account add alan'), problem('there is no password on the standard input.'));
    assert.match((await cli('account add alan', 'x\n')).stderr, /^partyline: that cannot be a password: /);
    assert.match((await cli('account passwd beth', 'x\n')).stderr, /^partyline: that cannot be a password: /);
    assert.deepEqual(await cli('account passwd alan', PASSWORD), problem('there is no account "alan".'));
    assert.match((await cli('account rename beth NickServ')).stderr, /^partyline: "NickServ" cannot be a name: /);
    assert.equal((await cli(`account suspend beth --reason ${'x'.repeat(5000)}`)).code, 1);
    assert.equal((await cli('account suspend beth --reason one\nQUIT')).code, 2);
  });
}

test('without a data directory there is nothing to list, and none is made', async (t) => {
  const { cli, data } = commands(t);
  assert.deepEqual(await cli('account list'), problem(`there is no database in ${data}.`));
  assert.equal(existsSync(data), false);
});

test('a data directory whose path is too long for a socket is no obstacle while no server runs', async (t) => {
  const folder = temporaryFolder(t);
  const data = join(folder, 'x'.repeat(120));
  const cli = async (...words: string[]): Promise<CliResult> => run([...words, '--data', data], folder, PASSWORD);
  assert.deepEqual(await cli('account', 'add', 'alan'), output('There is an account alan now.\n'));
  assert.match((await cli('account', 'list')).stdout, /^alan /m);
});

test('another password is for whoever logs in from now on', async (t) => {
  const { cli, server } = await commandsToServer(t);
  await cli('account add alan', PASSWORD);
  await joinAs(server, 'alan');
  const changed = await cli('account passwd alan', 'battery staple\n');
  assert.deepEqual(changed, output('The account alan has another password now.\n'));
  const client = new IrcClient(await server.open());
  client.send('CAP LS 302', 'CAP REQ :sasl', 'NICK other', 'USER other 0 * :Other');
  assert.match((await client.all(...plainLogin('alan'))).at(-1) ?? '', / 904 /);
  assert.match((await client.all(...plainLogin('alan', 'battery staple'))).at(-1) ?? '', / 903 /);
});

test('people who are here are told when an account is renamed, deleted or suspended', async (t) => {
  const { cli, server } = await commandsToServer(t);
  for (const name of ['alan', 'beth']) await cli(`account add ${name}`, PASSWORD);
  const capabilities = 'account-notify';
  const alan = await joinAs(server, 'alan', { nick: 'al', capabilities });
  const beth = await joinAs(server, 'beth', { nick: 'bess', capabilities });
  for (const client of [alan, beth]) await client.all('JOIN #tea');
  await alan.heard();
  await cli('account rename alan ada');
  assert.deepEqual(await beth.heard(), [':al!~al@127.0.0.1 ACCOUNT ada']);
  assert.match((await alan.heard()).join('\n'), /^:\S+ 900 al \S+ ada :[^\n]*$/);
  await cli('account delete ada --yes');
  assert.deepEqual(await beth.heard(), [':al!~al@127.0.0.1 ACCOUNT *']);
  assert.match((await alan.heard()).join('\n'), /^:\S+ 901 al [^\n]*$/);
  await cli('account suspend beth --reason spam');
  await beth.text.end();
  assert.match(beth.text.rest, /^:\S+ KILL bess :account suspended: spam\r\nERROR :[^\r]*account suspended: spam/);
  assert.match((await alan.heard()).join('\n'), /^:bess!\S+ QUIT :[^\n]*$/);
});

/** The same data directory as it would be found after the server has stopped, and a way to give commands on it. */
async function stopped(
  t: TestContext,
  { cli }: Commands,
): Promise<(line: string, input?: string) => Promise<CliResult>> {
  const folder = temporaryFolder(t);
  const copy = join(folder, 'copy.db');
  await cli(`backup ${copy}`);
  await run(['restore', copy, '--data', folder], folder);
  return (line, input) => run([...line.split(' '), '--data', folder], folder, input);
}

test('who stays on without a device is put off as well, whether the server runs or not', async (t) => {
  const given = await commandsToServer(t);
  const { cli, server } = given;
  await cli('account add alan', PASSWORD);
  await cli('room add tea alan');
  const alan = await joinAs(server, 'alan');
  await alan.all('JOIN #tea', 'PRIVMSG NickServ :SET ALWAYS-ON ON');
  alan.send('QUIT');
  await alan.text.end();
  const later = await stopped(t, given);
  for (const way of [cli, later]) {
    assert.match((await way('account show alan')).stdout, /^here +as alan, without a device$/m);
    assert.match((await way('room show tea')).stdout, /^members +alan \(/m);
    await way('account suspend alan');
    assert.doesNotMatch((await way('account show alan')).stdout, /^here /m);
    assert.doesNotMatch((await way('room show tea')).stdout, /^members /m);
  }
});

test('the number of an account that is gone is never given to another', async (t) => {
  const given = await commandsToServer(t);
  const { cli, server } = given;
  await cli('account add alan', PASSWORD);
  const alan = await joinAs(server, 'alan');
  await alan.all('JOIN #tea');
  await cli('account delete alan --yes');
  const later = await stopped(t, given);
  await later('account add beth', PASSWORD);
  const { stdout } = await later('export');
  const beth = stdout.split('\n').find((line) => line.startsWith('{"kind":"account"')) ?? '';
  assert.equal((JSON.parse(beth) as { id: number }).id, 2);
});

test('the socket is for the user whom the server runs as alone', async (t) => {
  const cwd = temporaryFolder(t);
  await startServerProcess(t, ['--port', '0'], cwd);
  assert.equal(statSync(join(cwd, 'data/control.sock')).mode & 0o777, 0o600);
});

test('a server that was killed leaves a socket behind, which is in nobody’s way', async (t) => {
  const cwd = temporaryFolder(t);
  const first = await startServerProcess(t, ['--port', '0'], cwd);
  await first.stop('SIGKILL');
  assert.ok(existsSync(join(cwd, 'data/control.sock')));
  const added = await runCli(['account', 'add', 'alan'], { cwd, input: PASSWORD });
  assert.deepEqual(added, output('There is an account alan now.\n'));
  await startServerProcess(t, ['--port', '0'], cwd);
  assert.match((await runCli(['account', 'list'], { cwd })).stdout, /^alan /m);
});

test(
  'at a terminal a password is not shown, and what cannot be taken back is asked',
  { skip: missing('tmux') },
  async (t) => {
    const program = `'${process.execPath}' '${LAUNCHER}'`;
    const terminal = new TmuxTerminal(t, `cd '${temporaryFolder(t)}' && exec sh`, { columns: 80, rows: 20 });
    terminal.enter(`alias p="${program}"; clear`, 'p account add alan');
    await terminal.shows('\nPassword:');
    terminal.enter(PASSWORD.trim());
    await terminal.shows('The same again:');
    terminal.enter(PASSWORD.trim());
    const screen = await terminal.shows('There is an account alan now.');
    assert.equal(screen.includes('horse'), false);
    terminal.enter('p account delete alan');
    await terminal.shows('Delete the account alan, for good? [y/N]');
    terminal.enter('n');
    await terminal.shows('nothing was done.');
    terminal.enter('p account delete alan');
    await terminal.matches('the question again', (text) => text.split('[y/N]').length === 3);
    terminal.enter('y');
    await terminal.shows('The account alan is deleted.');
  },
);
