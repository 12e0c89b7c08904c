import assert from 'node:assert/strict';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { missing } from '../support/programs.ts';
import { LAUNCHER, runCli, startServerProcess } from '../support/run-cli.ts';
import { newFolder, removeAfter, temporaryFolder } from '../support/temporary-folder.ts';
import { TextClient } from '../support/text-client.ts';
import { TmuxTerminal } from '../support/tmux.ts';

test('a taken port, a foreign address, a bad flag and a bad setting are one clear line each', async (t) => {
  const cwd = temporaryFolder(t);
  const { port } = await startServerProcess(t, ['--port', '0'], cwd);
  const tries: [string[], number, RegExp][] = [
    [
      ['--host', '127.0.0.1', '--port', String(port), '--data', 'other'],
      1,
      /^partyline: port \d+ is taken: another server is running there\. /,
    ],
    [['--port', '0'], 1, /^partyline: \.\/data is in use: another server is running on it\. /],
    [['--host', '192.0.2.77', '--data', 'other'], 1, /^partyline: this machine has no address 192\.0\.2\.77\. /],
    [
      ['--port', '70000'],
      1,
      /^partyline: cannot listen on \*:70000: there is no port 70000; the last one is 65535\.\n/,
    ],
    [['--host', '0.0.0.0', '--no-limits'], 1, /^partyline: without limits it listens on loopback only: /],
    [['--no-limits'], 1, /^partyline: without limits it listens on loopback only: /],
    [['--log-level', 'loud'], 1, /^partyline: command line: log\.level is "loud"; it must be one of /],
    [['--config', 'none.toml'], 1, /^partyline: there is no settings file none\.toml\.\n/],
    [
      ['--prot', '1'],
      2,
      /^partyline: there is no option --prot; did you mean --port\? "partyline serve --help" explains it\.\n/,
    ],
  ];
  for (const [args, code, words] of tries) {
    const result = await runCli(['serve', ...args], { cwd });
    assert.equal(result.code, code, args.join(' '));
    assert.match(result.stderr, words);
    assert.equal(result.stderr.split('\n').length, 2, 'one line');
    assert.equal(result.stdout, '');
  }
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`${signal}: everybody is told, and the exit code is 0`, async (t) => {
    const server = await startServerProcess(t, ['--port', '0'], temporaryFolder(t));
    const client = await TextClient.open(server.port);
    await client.line();
    client.send('hello\n');
    const stopped = server.stop(signal);
    assert.equal(await client.line(), '* the server is closing; come back soon');
    await client.end();
    client.close();
    assert.deepEqual(await stopped, { code: 0, signal: null });
  });
}

test('a client that reads nothing does not keep the server from ending', async (t) => {
  const server = await startServerProcess(t, ['--port', '0'], temporaryFolder(t));
  const client = await TextClient.open(server.port);
  await client.line();
  client.socket.pause();
  assert.deepEqual(await server.stop('SIGTERM'), { code: 0, signal: null });
  client.close();
});

test('killed with SIGKILL and started again, it takes the port at once, and our client comes back by itself', async (t) => {
  const cwd = temporaryFolder(t);
  const first = await startServerProcess(t, ['--port', '0'], cwd);
  const clients = await Promise.all(Array.from({ length: 10 }, () => TextClient.open(first.port)));
  await Promise.all(clients.map((client) => client.line()));
  const { ClientConnection } = await import('../../src/client/connection.ts');
  const lines: string[] = [];
  let again: () => void = () => {};
  const backAgain = new Promise<void>((resolve) => (again = resolve));
  const ours = new ClientConnection(
    { target: { kind: 'tcp', host: '127.0.0.1', port: first.port }, retries: true, random: () => 0 },
    {
      connected: (isAgain) => isAgain && again(),
      line: (text) => lines.push(text),
      retrying: () => {},
      ended: () => {},
    },
  );
  t.after(() => ours.stop());
  ours.start();
  clients[0]!.send('before\n');
  await clients[1]!.until(':before\n');
  assert.deepEqual(await first.stop('SIGKILL'), { code: null, signal: 'SIGKILL' });
  const second = await startServerProcess(t, ['--port', String(first.port)], cwd);
  assert.equal(second.port, first.port);
  const client = await TextClient.open(second.port);
  t.after(() => client.close());
  await client.line();
  await backAgain;
  ours.send('after');
  assert.match(await client.line(), /> :after$/);
  for (const old of clients) old.close();
});

test('several addresses and a unix socket at once; a socket file that a killed server left is taken over', async (t) => {
  const cwd = temporaryFolder(t);
  const path = join(cwd, 'chat.sock');
  const args = ['--listen', '127.0.0.1:0', '--listen', '[::1]:0', '--listen', `unix:${path}`];
  const first = await startServerProcess(t, args, cwd);
  await first.stop('SIGKILL');
  assert.ok(existsSync(path));
  const server = await startServerProcess(t, args, cwd);
  const socket = connect({ path });
  await once(socket, 'connect');
  const local = new TextClient(socket);
  t.after(() => local.close());
  assert.match(await local.line(), /^welcome! you are local : 1 in #lobby/);
  const other = await TextClient.open(server.port);
  t.after(() => other.close());
  await other.line();
  local.send('over the file\n');
  assert.equal(await other.line(), '<local : 1> :over the file');
});

test('off a terminal the log is JSON lines, and what people say is in it only when asked for', async (t) => {
  const cwd = temporaryFolder(t);
  for (const [args, isLogged] of [
    [[], false],
    [['--log-messages', 'always'], true],
  ] as const) {
    const server = await startServerProcess(t, ['--port', '0', ...args], cwd);
    const client = await TextClient.open(server.port);
    await client.line();
    client.send('/nick alan\nhello\n/msg alan psst\n');
    await client.until('* sent to alan alone\n');
    client.close();
    await server.stop('SIGTERM');
    const messages = server.log.map((entry) => entry['msg']);
    assert.deepEqual(messages.slice(0, 2), ['listening', 'connected']);
    assert.deepEqual(
      server.log.filter((entry) => entry['msg'] === 'said').map(({ by, room, text }) => ({ by, room, text })),
      isLogged ? [{ by: 'alan', room: '#lobby', text: 'hello' }] : [],
    );
    assert.ok(!JSON.stringify(server.log).includes('psst'));
  }
});

test('a settings file in the working directory is read', async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, 'partyline.toml'), 'lobby = "#hall"\ndata = "kept/here"\n');
  const server = await startServerProcess(t, ['--port', '0'], cwd);
  const client = await TextClient.open(server.port);
  t.after(() => client.close());
  assert.match(await client.line(), / in #hall, alone so far\./);
  assert.ok(existsSync(join(cwd, 'kept/here')));
});

test('help and version', async () => {
  const help = await runCli(['--help']);
  assert.equal(help.code, 0);
  for (const name of ['serve', 'connect', 'config']) {
    assert.match(help.stdout, new RegExp(`^  ${name} `, 'm'));
    const one = await runCli([name, '--help']);
    assert.equal(one.code, 0);
    assert.ok(one.stdout.startsWith(`Usage: partyline ${name} `));
  }
  assert.match((await runCli(['--version'])).stdout, /^partyline \d+\.\d+\.\d+ \(node v\d+/);
  assert.deepEqual(await runCli(['dance']), {
    code: 2,
    stdout: '',
    stderr: 'partyline: there is no command "dance". "partyline --help" lists them.\n',
  });
});

test('what is kept can be read by whoever runs the server alone', async (t) => {
  const cwd = temporaryFolder(t);
  await startServerProcess(t, ['--port', '0'], cwd);
  const files = readdirSync(join(cwd, 'data'), { withFileTypes: true });
  assert.ok(files.some(({ name }) => name === 'partyline.db'));
  for (const { name } of files) assert.equal(statSync(join(cwd, 'data', name)).mode & 0o077, 0, name);
});

test('a terminal that is stopped does not stop the chat', { skip: missing('tmux') }, async (t) => {
  const folder = newFolder();
  const command = `'${process.execPath}' '${LAUNCHER}' serve --no-limits --host 127.0.0.1 --port 0 --data '${folder}/data'`;
  const terminal = new TmuxTerminal(t, command, { columns: 100, rows: 40 });
  removeAfter(t, folder);
  const [, port = ''] = /nc 127\.0\.0\.1 (\d+)/.exec(await terminal.shows('Ctrl-C closes it.')) ?? [];
  const client = await TextClient.open(Number(port));
  t.after(() => client.close());
  await client.line();
  terminal.type('C-s');
  client.send(`${`${'x'.repeat(1000)}\n`.repeat(200)}/who\n`);
  assert.match(await client.line(), /^\* in #lobby: /);
  client.send('after all\n/who\n');
  assert.match(await client.line(), /^\* in #lobby: /);
  terminal.type('C-q');
  await terminal.shows(':after all');
  // It would outlive its terminal: a hang-up reads the settings anew.
  terminal.type('C-c');
  await client.end();
});
