import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { ExportReader } from '../../src/storage/exchange/export-reader.ts';
import { Importer, type Imported } from '../../src/storage/exchange/importer.ts';
import { messageId, sequenceAt } from '../../src/domain/message-id.ts';
import { Storage } from '../../src/storage/storage.ts';
import { IrcClient } from '../support/irc-client.ts';
import { openDevice } from '../support/irc-device.ts';
import { makeAccount } from '../support/log-in.ts';
import { newFolder, removeAfter, temporaryFolder } from '../support/temporary-folder.ts';
import { startServer } from '../support/test-server.ts';

type Line = Record<string, unknown>;

function exported(file: string): Line[] {
  const reader = new ExportReader(file);
  try {
    return [...reader.lines()].map((line) => JSON.parse(JSON.stringify(line)) as Line);
  } finally {
    reader.close();
  }
}

function imported(file: string, lines: readonly unknown[], isDry = false): Imported {
  const importer = new Importer(file, isDry);
  try {
    for (const line of lines) importer.take(typeof line === 'string' ? line : JSON.stringify(line));
    importer.finish();
    return importer.imported;
  } finally {
    importer.close();
  }
}

function sum({ added }: Imported): number {
  return Object.values(added).reduce((all, count) => all + count, 0);
}

/** The export of a server where everything has happened that is kept. */
async function livelyExport(t: TestContext): Promise<Line[]> {
  const folder = newFolder();
  const file = join(folder, 'partyline.db');
  const limits = { detection_ms: 10, enabled: false };
  const server = await startServer(t, { limits, databaseFile: file, irc: { operators: ['root:correct-horse'] } });
  removeAfter(t, folder);
  await makeAccount(server, 'alan');
  await makeAccount(server, 'dora');
  const tags = 'message-tags echo-message draft/message-redaction draft/read-marker';
  const { client: alan } = await openDevice(server, 'alan@desk', { capabilities: `${tags} draft/multiline batch` });
  const beth = await IrcClient.join(server, 'beth', tags);
  await alan.all('JOIN #tea', 'PRIVMSG ChanServ :REGISTER #tea', 'PRIVMSG ChanServ :ACCESS #tea ADD dora op');
  await beth.all('JOIN #tea,#away', 'NICK bess', 'PART #away :bye');
  const said = await alan.raw(
    'PRIVMSG #tea :first',
    'NOTICE #tea :a notice',
    'PRIVMSG @#tea :for us',
    'PRIVMSG #tea :no',
  );
  const idOf = (text: string): string =>
    /msgid=([^; ]+)/.exec(said.find((line) => line.endsWith(text)) ?? '')?.[1] ?? '';
  await beth.all(
    `@+draft/reply=${idOf('first')};+draft/react=☎ TAGMSG #tea`,
    `@+draft/reply=${idOf('first')} PRIVMSG #tea :why?`,
  );
  await alan.all(
    `REDACT #tea ${idOf('no')}`,
    'TOPIC #tea :cake',
    'MODE #tea +klb cup 9 *!*@bad',
    'MARKREAD #tea timestamp=2025-01-01T00:00:00.000Z',
  );
  await alan.all('METADATA * SET status :here', 'METADATA #tea SET url :https://tea.example/');
  await alan.all('BATCH +1 draft/multiline #tea', '@batch=1 PRIVMSG #tea :1', '@batch=1 PRIVMSG #tea :2', 'BATCH -1');
  await alan.all('OPER root correct-horse', 'KLINE 1h bad!*@* :spam', 'DLINE 192.0.2.0/24 :more of it');
  await alan.all('PERSISTENCE SET ON', 'JOIN #old', 'PRIVMSG #old :old', 'RENAME #old #new :better');
  await alan.all('PRIVMSG bess :\u0001ACTION waves\u0001', 'KICK #tea bess :out');
  // A room that not everybody may come into, whose history ends with it.
  await beth.all(
    'JOIN #den',
    'MODE #den +s',
    'PRIVMSG #den :one',
    'PART #den',
    'JOIN #den',
    'MODE #den +s',
    'PRIVMSG #den :two',
  );
  beth.send('QUIT :good night');
  await beth.text.end();
  await alan.heard();
  return exported(file);
}

test('whatever is kept goes through an export and an import unchanged', async (t) => {
  const lines = await livelyExport(t);
  const kinds = new Set(lines.map(({ kind }) => kind));
  const all = ['header', 'account', 'room', 'read-marker', 'conversation', 'said', 'told', 'annotated', 'disconnected'];
  for (const kind of [
    ...all,
    'joined',
    'kicked',
    'modes-set',
    'parted',
    'redacted',
    'renamed',
    'room-renamed',
    'seen-mark',
    'server-ban',
    'stay',
    'stay-room',
    'topic-set',
  ]) {
    assert.ok(kinds.has(kind), kind);
  }
  assert.deepEqual(new Set(lines.map(({ isClosed }) => isClosed)), new Set([undefined, false, true]));
  assert.ok(!lines.some(({ text }) => text === 'no'), 'what was taken back is gone');
  assert.ok(lines.some(({ text }) => text === '1\n2'));
  assert.deepEqual(
    lines.flatMap(({ metadata }) => metadata ?? []),
    [{ status: 'here' }, { url: 'https://tea.example/' }],
  );
  const bans = lines.filter(({ kind }) => kind === 'server-ban');
  const bannedUntil = bans.map(({ goesBy, mask, at, until }) => [goesBy, mask, Number(until) - Number(at)]);
  assert.deepEqual(bannedUntil, [
    ['name', 'bad!*@*', 3_600_000],
    ['network', '192.0.2.0/24', NaN],
  ]);
  const stays = lines.filter(({ kind }) => kind === 'stay');
  const whereTo = stays.map(({ name, rooms }) => [name, (rooms as { name: Line }[]).map((room) => room.name['title'])]);
  assert.deepEqual(whereTo, [['alan', ['#tea', '#new']]]);
  assert.deepEqual(
    lines.flatMap(({ kind, title }) => (kind === 'stay-room' ? [title] : [])),
    ['#new'],
  );
  const file = join(temporaryFolder(t), 'other.db');
  imported(file, lines);
  assert.deepEqual(exported(file), lines);
  assert.equal(sum(imported(file, lines)), 0);
  assert.deepEqual(exported(file), lines);
});

test('an import into another server keeps apart who has the same number, and finds again what it brought', async (t) => {
  const lines = await livelyExport(t);
  const file = join(temporaryFolder(t), 'other.db');
  const other = await livelyExport(t);
  imported(file, other);
  const renamed = lines.map((line) =>
    line['name'] === 'alan' && line['kind'] === 'account' ? { ...line, name: 'ada', nicks: ['ada'] } : line,
  );
  const first = imported(file, renamed);
  assert.deepEqual([first.added.accounts, first.known.accounts], [1, 1], 'dora is taken to be the same');
  const both = exported(file);
  const reply = both.find(({ annotations, text }) => annotations !== undefined && text === 'why?');
  const suffix = String(both[0]?.['idSuffix']);
  const replies = both.filter(({ annotations }) => annotations !== undefined);
  assert.ok(reply !== undefined && replies.length === 4);
  for (const { annotations } of replies) assert.ok((annotations as Line)['+draft/reply']?.toString().endsWith(suffix));
  assert.equal(sum(imported(file, renamed)), 0);
  assert.deepEqual(exported(file), both);
});

test('a dry run counts what would be added, and adds nothing', async (t) => {
  const lines = await livelyExport(t);
  const file = join(temporaryFolder(t), 'other.db');
  new Storage(file, 'process').close();
  const before = exported(file);
  const dry = imported(file, lines, true);
  assert.deepEqual(exported(file), before);
  assert.deepEqual(imported(file, lines), dry);
});

const SUFFIX = 'abcde';
const HEADER = { kind: 'header', format: 'partyline-export', version: 1, idSuffix: SUFFIX };
const ID = messageId(sequenceAt(1_700_000_000_000), SUFFIX);
const BY = { name: 'alan', identity: 'v1' };
const ROOM = { kind: 'conversation', key: '#tea', title: '#tea', isRestricted: false, isClosed: false };
const PRIVATE = { ...ROOM, key: 'v1 v2', title: '' };
const SAID = { kind: 'said', id: ID, at: 1, by: BY, manner: 'speech', text: 'hello' };
const HAPPENED = { id: ID, at: 1, by: BY };
const ACCOUNT = {
  kind: 'account',
  id: 1,
  name: 'alan',
  createdAt: 1,
  lastSeenAt: 1,
  settings: { isAlwaysOn: false, isRecorded: true },
  nicks: ['alan'],
  fingerprints: [],
};
const BAN = { kind: 'server-ban', goesBy: 'name', mask: 'bad!*@*', reason: 'spam', by: 'root', at: 1 };
const STAY = {
  kind: 'stay',
  account: 1,
  name: 'alan',
  label: 'alan',
  user: 'alan',
  host: 'host',
  realName: 'Alan',
  isSecure: true,
  flags: ['invisible'],
  connectedAt: 1,
  activeAt: 1,
  isAttended: false,
  rooms: [{ name: { key: '#den', title: '#den' }, roles: ['operator'] }],
};
const LISTS = { ban: [], 'ban-exception': [], 'invite-exception': [] };
const OWNED = { kind: 'room', name: '#tea', title: '#tea', createdAt: 1, founder: 1, registeredAt: 1 };

/** Lines that no server writes, each after a header and what it needs. */
const HOSTILE: Readonly<Record<string, readonly unknown[]>> = {
  'no JSON': ['{'],
  'no object': ['7'],
  'a list': [[]],
  'an unknown kind': [{ kind: 'hello' }],
  'the name of something that every object has': [{ kind: 'constructor' }],
  'another header': [HEADER],
  'a message without a conversation': [SAID],
  'a line end in what was said': [ROOM, { ...SAID, text: 'hello\rQUIT' }],
  'a line end in a name': [ROOM, { ...SAID, by: { ...BY, name: 'alan\nQUIT' } }],
  'a blank in a host': [ROOM, { ...SAID, by: { ...BY, host: 'a PRIVMSG #tea' } }],
  'a tag of the server': [ROOM, { ...SAID, annotations: { account: 'root' } }],
  'a message without a text': [ROOM, { ...SAID, text: '' }],
  'a room’s message between two people': [PRIVATE, SAID],
  'a private message in a room': [ROOM, { ...SAID, kind: 'told', to: BY }],
  'a private message to nobody': [PRIVATE, { ...SAID, kind: 'told' }],
  'a join between two people': [PRIVATE, { ...HAPPENED, kind: 'joined', roles: [] }],
  'an id that is none': [ROOM, { ...SAID, id: 'x' }],
  'an id of the far future': [ROOM, { ...SAID, id: messageId(sequenceAt(9_000_000_000_000 - 2 ** 40), SUFFIX) }],
  'an unknown role': [ROOM, { ...HAPPENED, kind: 'joined', roles: ['emperor'] }],
  'an unknown change': [ROOM, { ...HAPPENED, kind: 'modes-set', changes: [{ kind: 'weather' }] }],
  'a kick of nobody': [ROOM, { ...HAPPENED, kind: 'kicked', reason: '' }],
  'a room that is none': [{ ...ROOM, key: '#a b', title: '#a b' }],
  'a room under another’s name': [{ ...ROOM, title: '#coffee' }],
  'an account with a service’s name': [{ ...ACCOUNT, name: 'NickServ' }],
  'an account with a number without end': [{ ...ACCOUNT, id: Number.MAX_SAFE_INTEGER }],
  'a time that no clock shows': [{ ...ACCOUNT, createdAt: Number.MAX_SAFE_INTEGER }],
  'a ban of a network that is none': [{ ...BAN, goesBy: 'network' }],
  'a ban with a blank in its mask': [{ ...BAN, mask: 'bad!*@* x' }],
  'a stay with power over the server': [ACCOUNT, { ...STAY, flags: ['operator'] }],
  'a stay in a room under another’s name': [
    ACCOUNT,
    { ...STAY, rooms: [{ name: { key: '#tea', title: '#den' }, roles: [] }] },
  ],
  'a room of a stay under another’s name': [
    { kind: 'stay-room', name: '#tea', title: '#den', createdAt: 1, state: { flags: [], lists: LISTS } },
  ],
  'a registered room without lists': [ACCOUNT, { ...OWNED, state: { access: [], flags: [] } }],
  'a registered room with an unknown flag': [
    ACCOUNT,
    { ...OWNED, state: { access: [], flags: ['red'], lists: LISTS } },
  ],
};

for (const [what, lines] of Object.entries(HOSTILE)) {
  test(`${what} is refused, with the number of the line`, (t) => {
    const file = join(temporaryFolder(t), 'other.db');
    assert.throws(() => imported(file, [HEADER, ...lines]), {
      name: 'ImportFault',
      message: new RegExp(`^line ${lines.length + 1} `),
    });
  });
}

test('what hostile lines are made of is itself let in', (t) => {
  const file = join(temporaryFolder(t), 'other.db');
  const told = {
    ...SAID,
    kind: 'told',
    id: messageId(sequenceAt(1_700_000_000_001), SUFFIX),
    to: { name: 'beth', identity: 'v2' },
  };
  const room = { ...OWNED, state: { access: [], flags: ['secret'], lists: LISTS } };
  const stayRoom = { kind: 'stay-room', name: '#den', title: '#den', createdAt: 1, state: { flags: [], lists: LISTS } };
  const lines = [HEADER, ACCOUNT, room, BAN, STAY, stayRoom, ROOM, SAID, PRIVATE, told];
  assert.equal(sum(imported(file, lines)), 9);
});

test('a room that belongs to somebody here is not one of an export that belonged to nobody', (t) => {
  const file = join(temporaryFolder(t), 'other.db');
  const room = { ...OWNED, state: { access: [], flags: [], lists: LISTS } };
  const stayRoom = { kind: 'stay-room', name: '#tea', title: '#tea', createdAt: 1, state: { flags: [], lists: LISTS } };
  imported(file, [HEADER, ACCOUNT, room]);
  const { added, known } = imported(file, [HEADER, ACCOUNT, { ...STAY, account: 2 }, stayRoom]);
  assert.deepEqual([added.stayRooms, known.stayRooms], [0, 1]);
  assert.deepEqual([added.stays, known.stays], [0, 0], 'nobody stays on without an account');
});

test('who stayed on elsewhere is here after an import, in their rooms', async (t) => {
  const folder = newFolder();
  const file = join(folder, 'partyline.db');
  const account = { ...ACCOUNT, settings: { isAlwaysOn: true, isRecorded: true }, lastSeenAt: Date.now() };
  const stayRoom = {
    kind: 'stay-room',
    name: '#den',
    title: '#den',
    createdAt: 1,
    state: { flags: ['secret'], lists: LISTS, topic: { text: 'cake', by: 'alan', at: 1 } },
  };
  imported(file, [HEADER, account, STAY, stayRoom]);
  const server = await startServer(t, { databaseFile: file });
  removeAfter(t, folder);
  const beth = await IrcClient.join(server, 'beth', '');
  const lines = await beth.raw('JOIN #den');
  assert.ok(lines.some((line) => line.endsWith(' 332 beth #den cake')));
  assert.ok(lines.some((line) => line.endsWith(' 353 beth @ #den :@alan beth')));
});
