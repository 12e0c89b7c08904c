// Answers that are longer than what may wait for a client: they come whole, in order, and nobody else waits for them.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test, type TestContext } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { withVerb } from '../support/irc-party.ts';
import { startServer, type TestServer } from '../support/test-server.ts';

/** The least that may be set, and far less than the answers below. */
const LIMITS = { detection_ms: 10, enabled: false, output_queue_bytes: 4096, rooms_per_session: 2000 };
const CHANNELS = 600;
const CROWD = 600;
/** So many that the system does not take their answers for a client that does not read. */
const LISTS = 50;

async function withManyChannels(t: TestContext): Promise<TestServer> {
  const server = await startServer(t, { limits: LIMITS, irc: { operators: ['boss:open-sesame'] } });
  const maker = await IrcClient.join(server, 'maker');
  for (let from = 0; from < CHANNELS; from += 20) {
    const names = Array.from({ length: 20 }, (_, index) => `#channel-${from + index}`);
    await maker.all(...names.flatMap((name) => [`JOIN ${name}`, `TOPIC ${name} :${'topic '.repeat(60)}`]));
  }
  return server;
}

/** Fills a channel with people who take what they are sent, and keep none of it. */
async function fill(t: TestContext, server: TestServer, channel: string): Promise<void> {
  const enter = async (number: number): Promise<void> => {
    const socket = connect(server.port, '127.0.0.1');
    t.after(() => socket.destroy());
    socket.write(
      `NICK a-nick-that-is-rather-long-${number}\r\nUSER somebody-long 0 * :Real name\r\nJOIN ${channel}\r\n`,
    );
    for (let seen = ''; !seen.includes(' 366 ');) {
      const [chunk] = (await once(socket, 'data')) as [Buffer];
      seen = seen.slice(-10) + chunk.toString('latin1');
    }
    socket.resume();
  };
  for (let from = 0; from < CROWD; from += 50) {
    await Promise.all(Array.from({ length: 50 }, (_, index) => enter(from + index)));
  }
}

// IRCv3 labeled-response: one batch around the whole answer, however long it is.
test('LIST of many channels comes whole and in one batch to a client that is slow to read', async (t) => {
  const server = await withManyChannels(t);
  const reader = await IrcClient.join(server, 'reader', 'labeled-response batch');
  const other = await IrcClient.join(server, 'other');
  reader.text.socket.pause();
  reader.send('@label=long LIST', '@label=next PING behind');
  for (let round = 0; round < 20; round++) assert.deepEqual(await other.all(), [], 'others are served meanwhile');
  reader.text.socket.resume();
  const lines = await reader.raw();
  const [opening, start] = lines;
  assert.match(opening ?? '', /^@label=long :partyline\.local BATCH \+\w+ labeled-response$/);
  const batch = / \+(\w+) /.exec(opening ?? '')?.[1];
  assert.equal(start, `@batch=${batch} :partyline.local 321 reader Channel :Users  Name`);
  const channels = withVerb(
    '322',
    lines.map((line) => line.replace(`@batch=${batch} `, '')),
  );
  assert.deepEqual(
    channels.map((line) => line.split(' ')[3]),
    Array.from({ length: CHANNELS }, (_, index) => `#channel-${index}`),
  );
  assert.deepEqual(lines.slice(-3), [
    `@batch=${batch} :partyline.local 323 reader :End of /LIST`,
    `:partyline.local BATCH -${batch}`,
    '@label=next :partyline.local PONG partyline.local :behind',
  ]);
});

test('what is said during a long answer comes behind it, and what is too much is told of', async (t) => {
  const server = await withManyChannels(t);
  const reader = await IrcClient.join(server, 'reader');
  const other = await IrcClient.join(server, 'other');
  await reader.all('JOIN #talk');
  await other.all('JOIN #talk');
  await reader.heard();
  reader.text.socket.pause();
  reader.send(...Array.from({ length: LISTS }, () => 'LIST'));
  await other.all('PRIVMSG #talk :first', 'PRIVMSG #talk :second');
  await other.all(...Array.from({ length: 100 }, () => `PRIVMSG #talk :${'more '.repeat(20)}`));
  reader.text.socket.resume();
  const lines = await reader.heard();
  assert.equal(withVerb('322', lines).length, LISTS * (CHANNELS + 1));
  const isWithin = lines.map((line) => /^:\S+ (?:321|322) /.test(line));
  const said = lines.flatMap((line, index) => (line.includes(' PRIVMSG ') ? [{ line, index }] : []));
  assert.ok(said.every(({ index }) => !isWithin[index - 1]));
  assert.deepEqual(
    said.slice(0, 2).map(({ line }) => line.split(' :')[1]),
    ['first', 'second'],
  );
  const skipped = lines.flatMap((line) => /:(\d+) messages skipped/.exec(line)?.[1] ?? []);
  assert.ok(skipped.length > 0);
  assert.equal(
    skipped.reduce((sum, count) => sum + Number(count), said.length),
    102,
  );
  // IRCv3 chathistory: each notice says how to have what was missed, and just that.
  const missed: string[] = [];
  for (const line of lines) {
    const [, count, from, to, limit] =
      /:(\d+) messages skipped: .*; CHATHISTORY BETWEEN <target> (\S+) (\S+) (\d+) sends/.exec(line) ?? [];
    if (count === undefined) continue;
    const fetched = withVerb('PRIVMSG', await reader.all(`CHATHISTORY BETWEEN #talk ${from} ${to} ${limit}`));
    assert.equal(fetched.length, Number(count));
    missed.push(...fetched);
  }
  const all = withVerb('PRIVMSG', await reader.all('CHATHISTORY LATEST #talk * 1000'));
  assert.deepEqual([...said.map(({ line }) => line), ...missed].toSorted(), all.toSorted());
  await other.all('PRIVMSG #talk :back again');
  assert.deepEqual(await reader.heard(), [':other!~other@127.0.0.1 PRIVMSG #talk :back again']);
});

test('whoever is disconnected in the middle of a long answer is told why', async (t) => {
  const server = await withManyChannels(t);
  const reader = await IrcClient.join(server, 'reader');
  const boss = await IrcClient.join(server, 'boss');
  await boss.all('OPER boss open-sesame');
  reader.text.socket.pause();
  reader.send(...Array.from({ length: LISTS }, () => 'LIST'));
  await boss.all('KILL reader :enough');
  reader.text.socket.resume();
  await reader.text.end();
  assert.match(reader.text.received, /KILL reader :enough\r\nERROR :Closing link: \(Killed \(boss \(enough\)\)\)\r\n$/);
});

test('a client that says nothing more gets its long answer before the connection ends', async (t) => {
  const server = await withManyChannels(t);
  const reader = await IrcClient.join(server, 'reader');
  reader.send('LIST');
  reader.text.socket.end();
  await reader.text.end();
  assert.match(reader.text.received, / 323 reader :End of \/LIST\r\n$/);
});

// irc.md: the cost of a command grows with what it makes the server do.
test('a long answer takes more of the allowance than a short one', async (t) => {
  const limits = { detection_ms: 10, rooms_per_session: 2000, command_burst: 130, commands_per_second: 0.01 };
  const server = await startServer(t, { limits });
  const maker = await IrcClient.join(server, 'maker');
  for (let from = 0; from < 1500; from += 15) {
    await maker.all(
      `JOIN ${Array.from({ length: 15 }, (_, index) => `#channel-of-a-long-name-${from + index}`).join()}`,
    );
  }
  const taken = async (nick: string, query: string): Promise<number> => {
    const reader = await IrcClient.join(server, nick);
    reader.send(...Array.from({ length: 130 }, () => query), 'PING :end');
    let answered = 0;
    for (let line = ''; !line.includes(' too fast;'); answered += / 323 /.test(line) ? 1 : 0)
      line = await reader.line();
    return answered;
  };
  const [short, long] = [await taken('short', 'LIST #channel-of-a-long-name-7'), await taken('long', 'LIST')];
  assert.ok(short > long * 1.2, `${short} short answers, ${long} long ones`);
});

// RFC 2812 sections 3.2.5 and 3.6.1, WHOX.
test('NAMES, WHO and WHOX of a crowd come whole, one behind the other', async (t) => {
  const server = await startServer(t, { limits: LIMITS });
  await fill(t, server, '#crowd');
  const reader = await IrcClient.join(server, 'reader', 'userhost-in-names');
  reader.send('JOIN #crowd', 'WHO #crowd', 'WHO #crowd %cuhnf', ...Array.from({ length: 10 }, () => 'NAMES #crowd'));
  const lines = await reader.heard();
  const everybody = CROWD + 1;
  for (const numeric of ['352', '354']) {
    const nicks = withVerb(numeric, lines).map((line) => line.split(' ')[numeric === '352' ? 7 : 6]);
    assert.equal(new Set(nicks).size, everybody, numeric);
  }
  assert.equal(withVerb('366', lines).length, 11);
  const names = withVerb('353', lines).flatMap((line) => (line.split(' :')[1] ?? '').split(' '));
  assert.equal(names.length, 11 * everybody);
  assert.equal(new Set(names).size, everybody);
});
