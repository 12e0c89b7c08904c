// The programs that people have, as they are.
import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { test, type TestContext } from 'node:test';
import { missing } from '../support/programs.ts';
import { startServer } from '../support/test-server.ts';
import { TmuxTerminal } from '../support/tmux.ts';

const LAUNCHER = fileURLToPath(new URL('../../bin/partyline', import.meta.url));

function start(t: TestContext, program: string, ...args: string[]): ChildProcessWithoutNullStreams {
  const child = spawn(program, args);
  t.after(() => child.kill('SIGKILL'));
  return child;
}

/** Reads a program's output up to a text. */
async function readUntil(child: ChildProcessWithoutNullStreams, text: string): Promise<string> {
  let output = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    output += String(chunk);
    if (output.includes(text)) break;
  }
  return output;
}

test('two netcats talk, and one that is given a single message delivers it', { skip: missing('nc') }, async (t) => {
  const { port } = await startServer(t);
  const [ann, bob] = [start(t, 'nc', '127.0.0.1', `${port}`), start(t, 'nc', '127.0.0.1', `${port}`)];
  await readUntil(ann, '/help\n');
  await readUntil(bob, '/help\n');
  ann.stdin.write('hello\n');
  assert.match(await readUntil(bob, 'hello\n'), /^<127\.0\.0\.1 : \d+> :hello\n$/);
  const script = start(t, 'nc', '-N', '127.0.0.1', `${port}`);
  const ended = once(script, 'exit');
  script.stdin.end('deploy done');
  assert.match(await readUntil(bob, 'done\n'), /^<127\.0\.0\.1 : \d+> :deploy done\n$/);
  assert.deepEqual(await ended, [0, null]);
});

test('telnet at a terminal, line by line and key by key', { skip: missing('telnet', 'tmux') }, async (t) => {
  const { port, welcomed } = await startServer(t);
  const listener = await welcomed();
  const terminal = new TmuxTerminal(t, `telnet 127.0.0.1 ${port}`, { columns: 80, rows: 24 });
  await terminal.shows('welcome!');
  terminal.type('hello from telnet', 'Enter');
  assert.match(await listener.line(), /> :hello from telnet$/);
  terminal.type('C-]');
  await terminal.shows('telnet>');
  terminal.type('mode character', 'Enter');
  terminal.type('k', 'e', 'y', 's', 'Enter');
  assert.match(await listener.line(), /> :keys$/);
});

test(
  'telnet does not show a password, and shows what is typed after it',
  { skip: missing('telnet', 'tmux') },
  async (t) => {
    const { port, welcomed } = await startServer(t, { limits: { enabled: false } });
    const listener = await welcomed();
    const terminal = new TmuxTerminal(t, `telnet 127.0.0.1 ${port}`, { columns: 80, rows: 24 });
    await terminal.shows('welcome!');
    terminal.enter('/nick tess');
    await terminal.shows('* you are now tess');
    terminal.enter('/register');
    await terminal.shows('* a password for tess:');
    terminal.enter('not for eyes');
    const screen = await terminal.shows('* you are logged in as tess');
    assert.doesNotMatch(screen, /not for eyes/);
    assert.match(screen, /^\* a password for tess:\n\* you are logged in as tess$/m);
    terminal.enter('for all to see');
    await terminal.shows('for all to see');
    assert.equal(await listener.line(), '<tess> :for all to see');
    terminal.enter('/logout');
    await terminal.shows('* you are logged out');
    terminal.enter('/login tess');
    await terminal.shows('* the password of tess:');
    terminal.enter('not for eyes');
    await terminal.shows('* you are logged in as tess\n* you are now tess');
    assert.doesNotMatch(terminal.screen, /not for eyes/);
  },
);

test(
  'the line client keeps the line being typed whole, and comes back by itself',
  { skip: missing('tmux') },
  async (t) => {
    const { port, welcomed, server } = await startServer(t);
    const other = await welcomed();
    const command = `'${process.execPath}' '${LAUNCHER}' connect 127.0.0.1 ${port}; echo "exit code $?"; sleep 60`;
    const terminal = new TmuxTerminal(t, command, { columns: 40, rows: 20 });
    await terminal.shows('welcome!');
    terminal.type('/nick alan', 'Enter');
    await terminal.shows('* you are now alan');
    other.send('/join den\n');
    await other.until('nobody else is\n');
    terminal.enter('/join den');
    await terminal.shows('* you are in #den now');
    await other.until('joined #den\n');
    terminal.type('a long line that is being typed and wraps', 'Left', 'Left');
    await terminal.shows('being typed and wr');
    other.send('one\n');
    await terminal.shows('> one');
    terminal.resize(50, 20);
    other.send('two\n');
    const screen = await terminal.shows('> two');
    assert.match(screen, /> one\n<127\.0\.0\.1 : \d+> two\n> a long line that is being typed and wraps\n/);
    terminal.type('X', 'Enter');
    assert.equal(await other.line(), '<alan> :a long line that is being typed and wraXps');
    await server.close('a pause', 1000);
    await terminal.shows('trying again in');
    terminal.type('unsent', 'Enter');
    await terminal.shows('* not sent: there is no connection');
    assert.equal(terminal.screen.trimEnd().split('\n').at(-1), '> unsent');
    await server.listen({ kind: 'tcp', host: '127.0.0.1', port, protocols: undefined });
    await terminal.shows('* connected again');
    await terminal.shows('* you are now alan');
    await terminal.matches('in #den again', (text) => text.split('* you are in #den now').length === 3);
    const witness = await welcomed();
    witness.send('/join den\n');
    await witness.line();
    terminal.type('Enter');
    assert.equal(await witness.line(), '<alan> :unsent');
    terminal.type('/quit', 'Enter');
    assert.match(await terminal.shows('exit code'), /\* goodbye\nexit code 0\n/);
  },
);

test('the line client shows no password, not even with the arrow keys', { skip: missing('tmux') }, async (t) => {
  const { port, welcomed } = await startServer(t, { limits: { enabled: false } });
  const other = await welcomed();
  const command = `'${process.execPath}' '${LAUNCHER}' connect 127.0.0.1 ${port}`;
  const terminal = new TmuxTerminal(t, command, { columns: 80, rows: 20 });
  await terminal.shows('welcome!');
  terminal.enter('/nick alan');
  await terminal.shows('* you are now alan');
  terminal.enter('/register');
  await terminal.shows('* a password for alan:');
  terminal.enter('not for eyes');
  await terminal.shows('* you are logged in as alan');
  assert.doesNotMatch(terminal.screen, /not for eyes/);
  terminal.enter('/logout');
  await terminal.shows('* you are logged out');
  terminal.enter('/login alan not for eyes');
  await terminal.matches('logged in again', (screen) => screen.split('* you are logged in as alan').length === 3);
  terminal.enter('for all to see');
  assert.equal(await other.line(), '<alan> :for all to see');
  terminal.type('Up', 'Up');
  const screen = await terminal.shows('> /logout\n\n');
  assert.equal(screen.split('not for eyes').length, 2, 'where it was typed');
});
