// A database of an older version comes up to date, whole or not at all.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../../src/storage/database.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { migrations, newestVersion, type Migration } from '../../src/storage/migrations.ts';
import { Storage } from '../../src/storage/storage.ts';
import type { StorageFaultCode } from '../../src/storage/storage-fault.ts';
import { IrcClient } from '../support/irc-client.ts';
import { joinAs } from '../support/log-in.ts';
import { cannotMount, SmallDisk } from '../support/small-disk.ts';
import { newFolder, removeAfter, temporaryFolder } from '../support/temporary-folder.ts';
import { startServer } from '../support/test-server.ts';

const FIRST = readFileSync(fileURLToPath(new URL('schema-0001.sql', import.meta.url)), 'utf8');
const COPY = `partyline.db.before-v${newestVersion}`;

/** A database as the first version left it. */
function firstVersion(folder: string): string {
  const file = join(folder, 'partyline.db');
  const database = new DatabaseSync(file);
  database.exec(FIRST);
  database.close();
  return file;
}

/** A database whole: its version, its schema, and every row, with the names of the columns. */
function contents(file: string): {
  version: unknown;
  schema: unknown[];
  tables: Map<string, Record<string, unknown>[]>;
} {
  const database = new DatabaseSync(file, { readOnly: true });
  const ours = "FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'";
  const tables = database.prepare(`SELECT name ${ours} AND type = 'table' ORDER BY name`).all();
  const whole = {
    version: database.prepare('PRAGMA user_version').get()?.['user_version'],
    schema: database.prepare(`SELECT type, name, tbl_name ${ours} ORDER BY type, name`).all(),
    tables: new Map(tables.map(({ name }) => [String(name), database.prepare(`SELECT * FROM ${String(name)}`).all()])),
  };
  database.close();
  return whole;
}

function migrated(file: string, steps: readonly Migration[]): void {
  const database = new DatabaseSync(file);
  try {
    migrate(database, file, steps);
  } finally {
    database.close();
  }
}

function refuses(file: string, code: StorageFaultCode): void {
  assert.throws(() => new Storage(file, 'process'), { name: 'StorageFault', code });
}

test('the steps are numbered in order, and none is missing', () => {
  assert.deepEqual(
    migrations.map(({ version }) => version),
    migrations.map((_, index) => index + 1),
  );
});

test('what the first version kept can all be read over IRC by those who could then', async (t) => {
  const folder = newFolder();
  const databaseFile = firstVersion(folder);
  const server = await startServer(t, { databaseFile, limits: { detection_ms: 10, enabled: false } });
  removeAfter(t, folder);
  const capabilities = 'batch message-tags server-time account-tag draft/chathistory draft/event-playback';
  const alan = await joinAs(server, 'alan', { capabilities });
  const read = async (client: IrcClient, command: string): Promise<string[]> =>
    (await client.all(`CHATHISTORY ${command}`)).filter((line) => !/ BATCH |CHATHISTORY/.test(line));
  await alan.all('JOIN #tea');
  const everything = await read(alan, 'LATEST #tea * 100');
  assert.deepEqual(
    everything.filter((line) => !line.endsWith(' JOIN #tea') || !line.includes('127.0.0.1')),
    [
      ':alan!~alan@here.example JOIN #tea',
      ':beth!~beth@here.example JOIN #tea',
      ':carl!~carl@here.example JOIN #tea',
      ':alan!~alan@here.example TOPIC #tea :which tea there is',
      ':alan!~alan@here.example PRIVMSG #tea :hello, all of you ☕',
      ':alan!~alan@here.example PRIVMSG #tea :\u0001ACTION puts the kettle on\u0001',
      ':alan!~alan@here.example NOTICE #tea :it is five',
      ':beth!~beth@here.example PRIVMSG #tea :green, please',
      ':alan!~alan@here.example PRIVMSG @#tea :for operators alone',
      ":carl!~carl@here.example PRIVMSG #tea :I'm a guest; it's fine",
      ':alan!~alan@here.example MODE #tea +v beth',
      ':alan!~alan@here.example KICK #tea carl full',
      ':beth!~beth@here.example NICK betty',
      ':betty!~beth@here.example PART #tea home',
      ':alan!~alan@here.example QUIT gone',
    ],
  );
  const tagged = await alan.raw('CHATHISTORY LATEST #tea * 100');
  const hello = tagged.find((line) => line.includes('hello, all')) ?? '';
  assert.match(hello, /time=2026-11-25T19:30:27\.000Z/);
  assert.match(hello, /msgid=1m8a3071r00fww5e/);
  assert.match(hello, /account=alan/);
  assert.deepEqual(await read(alan, 'LATEST beth * 10'), [
    ':alan!~alan@here.example PRIVMSG beth :psst',
    ':beth!~beth@here.example PRIVMSG alan :what?',
  ]);
  assert.deepEqual(await read(alan, 'LATEST carl * 10'), [':carl!~carl@here.example PRIVMSG alan :hi from a guest']);
  await alan.all('JOIN #closed');
  assert.ok(!(await read(alan, 'LATEST #closed * 10')).join().includes('among us'), 'what was closed stays closed');
  const carl = await IrcClient.join(server, 'carl', capabilities);
  assert.deepEqual(await read(carl, 'LATEST alan * 10'), [], 'another guest of that name');
  assert.ok((await alan.all('NS INFO')).some((line) => line.endsWith(':What you say is kept: yes')));
});

test('before it is changed it is copied, as it was and whole', (t) => {
  const folder = temporaryFolder(t);
  const file = firstVersion(folder);
  const before = contents(file);
  writeFileSync(join(folder, COPY), 'one of an attempt that failed');
  openDatabase(file, 'process').close();
  assert.deepEqual(readdirSync(folder).toSorted(), ['partyline.db', COPY]);
  assert.deepEqual(contents(join(folder, COPY)), before);
  assert.equal(contents(file).version, newestVersion);
  // The copy can be put back, and comes up to date itself.
  openDatabase(join(folder, COPY), 'process').close();
  assert.deepEqual(contents(join(folder, COPY)), contents(file));
});

test('a new database, or one that is up to date, is not copied', (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'partyline.db');
  for (let count = 0; count < 2; count++) openDatabase(file, 'process').close();
  assert.deepEqual(readdirSync(folder), ['partyline.db']);
});

for (const { version } of migrations.slice(1)) {
  test(`step ${version} keeps every row that there was, and the steps behind it lead to the same`, (t) => {
    const file = firstVersion(temporaryFolder(t));
    migrated(file, migrations.slice(0, version - 1));
    const before = contents(file);
    migrated(file, migrations.slice(0, version));
    const after = contents(file);
    assert.equal(after.version, version);
    for (const [table, rows] of before.tables) {
      const columns = Object.keys(rows[0] ?? {});
      const kept = after.tables.get(table)?.map((row) => Object.fromEntries(columns.map((name) => [name, row[name]])));
      assert.deepEqual(
        kept,
        rows.map((row) => ({ ...row })),
        table,
      );
    }
    migrated(file, migrations);
    const atOnce = firstVersion(temporaryFolder(t));
    migrated(atOnce, migrations);
    assert.deepEqual(contents(file), contents(atOnce));
  });
}

test('when a step fails none is done: the file is as it was, and what was of use to the old version is still', (t) => {
  const folder = temporaryFolder(t);
  const file = firstVersion(folder);
  const before = contents(file);
  const failing = [
    {
      version: newestVersion + 1,
      sql: 'CREATE TABLE extra (id INTEGER); DELETE FROM messages; INSERT INTO nowhere VALUES (1)',
    },
  ];
  assert.throws(() => migrated(file, [...migrations, ...failing]), {
    name: 'StorageFault',
    code: 'STORAGE_NOT_MIGRATED',
    message: 'the database cannot be brought up to date, and is as it was',
  });
  assert.deepEqual(contents(file), before);
  assert.deepEqual(contents(join(folder, `partyline.db.before-v${newestVersion + 1}`)), before);
  openDatabase(file, 'process').close();
  assert.equal(contents(file).version, newestVersion);
});

test('one that is not sound is neither copied nor changed', (t) => {
  const folder = temporaryFolder(t);
  const file = firstVersion(folder);
  const bytes = readFileSync(file);
  // An index that lacks a row: nothing that is read in order would notice.
  const database = new DatabaseSync(file);
  const root = Number(
    database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'messages_conversation'").get()?.['rootpage'],
  );
  const pageBytes = Number(database.prepare('PRAGMA page_size').get()?.['page_size']);
  database.close();
  bytes.writeUInt16BE(bytes.readUInt16BE((root - 1) * pageBytes + 3) - 1, (root - 1) * pageBytes + 3);
  writeFileSync(file, bytes);
  refuses(file, 'STORAGE_CORRUPT');
  assert.equal(contents(file).version, 1);
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.includes('before')),
    [],
  );
});

test('a file that was half written, or is no database, or of a newer version, is refused and left alone', (t) => {
  const file = firstVersion(temporaryFolder(t));
  const whole = readFileSync(file);
  truncateSync(file, whole.length / 2);
  const half = readFileSync(file);
  refuses(file, 'STORAGE_CORRUPT');
  assert.deepEqual(readFileSync(file), half);
  truncateSync(file, 2000);
  refuses(file, 'STORAGE_CORRUPT');
  const list = 'milk, bread, tea, '.repeat(500);
  writeFileSync(file, list);
  refuses(file, 'STORAGE_CORRUPT');
  assert.equal(readFileSync(file, 'utf8'), list);
  const newer = Buffer.from(whole);
  // The user version (sqlite.org/fileformat.html section 1.3.15).
  newer.writeUInt32BE(newestVersion + 1, 60);
  writeFileSync(file, newer);
  refuses(file, 'STORAGE_NEWER');
  assert.deepEqual(readFileSync(file), newer);
  assert.ok(!existsSync(join(dirname(file), COPY)));
});

test('on a disk that is full, or can only be read, nothing is begun', { skip: cannotMount() }, (t) => {
  const disk = new SmallDisk(t, 1024 * 1024);
  const file = firstVersion(disk.folder);
  const whole = contents(file);
  // Room for the memory that connections share and for a log, but not for a copy.
  disk.fill(80 * 1024);
  refuses(file, 'STORAGE_FULL');
  disk.free();
  assert.deepEqual(contents(file), whole);
  assert.deepEqual(
    readdirSync(disk.folder).filter((name) => name.includes('before')),
    [],
  );
  disk.setReadOnly();
  refuses(file, 'STORAGE_READ_ONLY');
});
