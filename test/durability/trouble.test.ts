import assert from 'node:assert/strict';
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { Storage } from '../../src/storage/storage.ts';
import { IrcClient } from '../support/irc-client.ts';
import { runCli, startServerProcess } from '../support/run-cli.ts';
import { cannotMount, SmallDisk } from '../support/small-disk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const REFUSED = 'Not done: the server cannot write to its history now; try again later';
const RECOVERED = 'The database works again.';
const ARGS = ['--port', '0', '--no-limits', '--log-format', 'json'];

/** Says lines that are counted, until one is refused; gives how many were not. */
async function sayUntilRefused(client: IrcClient, room: string): Promise<number> {
  for (let count = 0; count < 5000; count++) {
    const answer = await client.all(`PRIVMSG ${room} :${count} ${'.'.repeat(300)}`);
    if (answer.some((line) => line.endsWith(REFUSED))) return count;
  }
  throw new Error('nothing was refused');
}

/** The numbers at the beginning of what was said. */
function numbersIn(lines: readonly string[]): number[] {
  return lines.flatMap((line) => {
    const [, number] = / PRIVMSG [^ ]+ :([0-9]+) \./.exec(line) ?? [];
    return number === undefined ? [] : [Number(number)];
  });
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

test(
  'a full disk: what cannot be kept is refused and told to nobody, all else goes on; with room again, so does that',
  { skip: cannotMount() },
  async (t) => {
    const disk = new SmallDisk(t, 8 * 1024 * 1024);
    const data = join(disk.folder, 'data');
    const server = await startServerProcess(t, [...ARGS, '--data', data], disk.folder);
    const alan = await IrcClient.join(server, 'alan');
    const bob = await IrcClient.join(server, 'bob');
    await alan.all('JOIN #kept', 'JOIN #loose', 'MODE #loose +H');
    await bob.all('JOIN #kept', 'JOIN #loose');
    const carl = await server.open();
    carl.send('/nick carl\n/join #kept\n');
    await carl.until('#kept');

    disk.fill(256 * 1024);
    const kept = await sayUntilRefused(alan, '#kept');
    await server.logged('code', 'STORAGE_FULL');
    assert.deepEqual(numbersIn(await bob.heard()), upTo(kept), 'others heard just what was not refused');
    carl.send('not to be heard\n');
    await carl.until('* not done: the server cannot write to its history now; try again later\n');
    assert.deepEqual(await alan.all('PRIVMSG bob :nor this'), [`:${await nameOf(alan)} 400 alan * :${REFUSED}`]);

    await alan.all('JOIN #more', 'PRIVMSG #loose :unrecorded');
    const heard = await bob.heard();
    assert.ok(heard.some((line) => line.endsWith('PRIVMSG #loose :unrecorded')));
    assert.ok(!heard.some((line) => line.includes('heard') || line.includes('nor this')));

    disk.free();
    await server.logged('msg', RECOVERED);
    await alan.all('PRIVMSG #kept :again');
    assert.ok((await bob.heard()).some((line) => line.endsWith('PRIVMSG #kept :again')));
    await carl.until('again\n');

    const history = await alan.all('CHATHISTORY LATEST #kept * 5');
    assert.deepEqual(numbersIn(history), upTo(kept).slice(-4));
    assert.deepEqual(await server.stop('SIGTERM'), { code: 0, signal: null });
    const database = new DatabaseSync(join(data, 'partyline.db'));
    assert.equal(database.prepare('SELECT count(*) AS count FROM messages').get()?.['count'], kept + 1);
    database.close();
  },
);

test('another program holds the database: refused at once, and full service when it lets go', async (t) => {
  const cwd = temporaryFolder(t);
  const server = await startServerProcess(t, ARGS, cwd);
  const alan = await IrcClient.join(server, 'alan');
  await alan.all('JOIN #a');
  const other = new DatabaseSync(join(cwd, 'data', 'partyline.db'));
  other.exec('BEGIN IMMEDIATE');
  assert.ok((await alan.all('PRIVMSG #a :lost')).some((line) => line.endsWith(REFUSED)));
  await server.logged('code', 'STORAGE_BUSY');
  other.exec('ROLLBACK');
  other.close();
  await server.logged('msg', RECOVERED);
  assert.deepEqual(await alan.all('PRIVMSG #a :kept'), []);
});

test('a damaged page is noticed when it is read or written to: refused, logged, and nobody is put off', async (t) => {
  const cwd = temporaryFolder(t);
  const file = join(cwd, 'data', 'partyline.db');
  mkdirSync(join(cwd, 'data'));
  new Storage(file, 'process').close();
  const before = new DatabaseSync(file);
  const page = Number(
    before.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'messages_conversation'").get()?.['rootpage'],
  );
  before.close();
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, Buffer.alloc(4096, 0x5a), 0, 4096, (page - 1) * 4096);
  closeSync(descriptor);
  const server = await startServerProcess(t, ARGS, cwd);
  const alan = await IrcClient.join(server, 'alan');
  const joining = await alan.all('JOIN #a');
  assert.ok(
    joining.some((line) => line.endsWith(' 400 alan * :The server cannot read its history now; try again later')),
  );
  assert.ok((await alan.all('PRIVMSG #a :lost')).some((line) => line.endsWith(REFUSED)));
  await server.logged('code', 'STORAGE_CORRUPT');
});

test('a file that is no database, one of a newer version and a folder that cannot be written to: one clear line each', async (t) => {
  const start = async (data: string): Promise<string> => {
    const { code, stdout, stderr } = await runCli(['serve', '--host', '127.0.0.1', '--port', '0', '--data', data]);
    assert.equal(code, 1);
    assert.equal(stdout, '');
    assert.equal(stderr.split('\n').length, 2, 'one line');
    return stderr.replace(data, 'DATA');
  };
  const data = temporaryFolder(t);
  const file = join(data, 'partyline.db');
  writeFileSync(file, 'this is a shopping list, and a long one. '.repeat(100));
  assert.equal(
    await start(data),
    'partyline: cannot use the database in DATA (STORAGE_CORRUPT): the database file is damaged, or is none.\n',
  );
  writeFileSync(file, '');
  new Storage(file, 'process').close();
  const database = new DatabaseSync(file);
  database.exec('PRAGMA user_version = 9999');
  database.close();
  assert.equal(
    await start(data),
    'partyline: cannot use the database in DATA (STORAGE_NEWER): the database was written by a newer version.\n',
  );
});

test('a data directory that can only be read: one clear line', { skip: cannotMount() }, async (t) => {
  const disk = new SmallDisk(t, 8 * 1024 * 1024);
  const args = ['serve', '--host', '127.0.0.1', '--port', '0', '--data', disk.folder];
  disk.setReadOnly();
  const { code, stderr } = await runCli(args);
  assert.equal(code, 1);
  assert.match(stderr, /^partyline: [^\n]+\n$/);
});

/** What the server calls itself. */
async function nameOf(client: IrcClient): Promise<string> {
  const [line] = await client.all('TIME');
  return line?.split(' ')[0]?.slice(1) ?? '';
}
