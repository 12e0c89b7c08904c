import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { test, type TestContext } from 'node:test';
import { runCli } from '../support/run-cli.ts';
import { startServer } from '../support/test-server.ts';

/** A server of the first kind: no line ends, and each chunk that it reads is a message. */
async function startSeedServer(t: TestContext): Promise<{ port: number; messages: string[] }> {
  const messages: string[] = [];
  const clients = new Set<Socket>();
  const server = createServer((socket) => {
    clients.add(socket);
    socket.write('welcome');
    socket.on('data', (chunk) => {
      messages.push(chunk.toString());
      for (const other of clients)
        if (other !== socket) other.write(`<127.0.0.1 : ${socket.remotePort}> :${chunk.toString()}`);
    });
    socket.on('error', () => {});
    socket.on('close', () => clients.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return { port: (server.address() as AddressInfo).port, messages };
}

test('as a filter it sends its input, says nothing, and exits 0 once the server has it', async (t) => {
  const { port, welcomed } = await startServer(t);
  const listener = await welcomed();
  const result = await runCli(['connect', '127.0.0.1', String(port)], { input: 'deploy done\nall well\n' });
  assert.deepEqual(result, { code: 0, stdout: '', stderr: '' });
  assert.match(await listener.line(), /^<127\.0\.0\.1 : \d+> :deploy done$/);
  assert.match(await listener.line(), /> :all well$/);
});

test('input without a newline at its end, and no input at all, are taken too', async (t) => {
  const { port, welcomed } = await startServer(t);
  const listener = await welcomed();
  assert.equal((await runCli(['connect', `127.0.0.1:${port}`], { input: '' })).code, 0);
  assert.equal((await runCli(['connect', `127.0.0.1:${port}`], { input: 'last words' })).code, 0);
  assert.match(await listener.line(), /> :last words$/);
});

test('more lines than the server takes at once are spaced out, and none is lost', async (t) => {
  const { port, welcomed } = await startServer(t);
  const listener = await welcomed();
  const input = Array.from({ length: 8 }, (_, index) => `line ${index}\n`).join('');
  const result = await runCli(['connect', '127.0.0.1', String(port)], { input });
  assert.deepEqual(result, { code: 0, stdout: '', stderr: '' });
  for (let index = 0; index < 8; index++) assert.match(await listener.line(), new RegExp(`> :line ${index}$`));
});

test('what the server refuses goes to the errors, and the exit code is 3', async (t) => {
  const { port } = await startServer(t);
  const result = await runCli(['connect', '--rate', '0', '127.0.0.1', String(port)], { input: 'x\n'.repeat(9) });
  assert.equal(result.code, 3);
  // One notice for each turn of the server's loop; how many lines a turn sees is up to the network.
  const notices = [
    ...result.stderr.matchAll(/^\* not sent: (?:that was|(\d+) lines were) too fast; try again in 0\.\d s$/gm),
  ];
  assert.equal(
    notices.reduce((total, [, count = '1']) => total + Number(count), 0),
    4,
  );
});

test('answers to commands are written to the output', async (t) => {
  const { port } = await startServer(t);
  const result = await runCli(['connect', '127.0.0.1', String(port)], { input: '/nick alan\n/who\n' });
  assert.deepEqual(result, { code: 0, stdout: '* you are now alan\n* in #lobby: alan (you)\n', stderr: '' });
});

test('it works with a server of the first kind', async (t) => {
  const { port, messages } = await startSeedServer(t);
  const result = await runCli(['connect', '127.0.0.1', String(port)], { input: 'hi' });
  assert.deepEqual(result, { code: 0, stdout: '', stderr: '' });
  assert.deepEqual(messages, ['hi\n']);
});

test('without a server it says so, what to do, and exits 1', async (t) => {
  const { port } = await startSeedServer(t);
  const unused = createServer().listen(0, '127.0.0.1');
  await once(unused, 'listening');
  const { port: closed } = unused.address() as AddressInfo;
  unused.close();
  await once(unused, 'close');
  assert.notEqual(closed, port);
  const result = await runCli(['connect', '127.0.0.1', String(closed)], { input: 'hi\n' });
  assert.deepEqual(result, {
    code: 1,
    stdout: '',
    stderr: `partyline: no connection to 127.0.0.1 port ${closed}: connection refused. Is the server running? "partyline serve" starts one.\n`,
  });
});

test('a wrong command line is one sentence and exit code 2', async () => {
  for (const args of [['--nonsense'], ['a', 'b', 'c'], ['host', 'port'], ['--rate', 'x']]) {
    const result = await runCli(['connect', ...args]);
    assert.equal(result.code, 2);
    assert.match(result.stderr, /^partyline: [^\n]+ "partyline connect --help" explains it\.\n$/);
  }
});
