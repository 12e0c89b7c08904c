import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { Children } from '../../bench/children.ts';
import { generate } from '../../bench/generator-process.ts';
import { measure } from '../../bench/measure.ts';
import { flood } from '../../bench/scenarios/flood.ts';
import { ircJoin } from '../../bench/scenarios/irc-join.ts';
import { ircMixed } from '../../bench/scenarios/irc-mixed.ts';
import type { Scenario } from '../../bench/scenarios/scenario.ts';
import { bare } from '../../bench/servers/bare.ts';
import { partyline } from '../../bench/servers/partyline.ts';
import type { Server } from '../../bench/servers/server.ts';
import type { Outcome, Workload } from '../../bench/workload.ts';

const ignore = (): void => undefined;
const FEW = {
  kind: 'talk',
  rooms: 1,
  messageBytes: 64,
  sampleEvery: 1,
  longestSeconds: 10,
  clients: 6,
  senders: 3,
  messages: 60,
  warmUpMessages: 6,
  window: 4,
  giveUpAfterSeconds: 0.5,
} as const satisfies Workload;

/** Lets a generator process talk through a server of the test's own, which decides how often to pass a message on. */
async function talkThrough(t: TestContext, copies: (posted: number) => number): Promise<Outcome> {
  const children = new Children();
  const clients = new Set<Socket>();
  let posted = 0;
  const server = createServer((socket) => {
    clients.add(socket);
    socket.write('welcome\n');
    socket.on('error', ignore).on('close', () => clients.delete(socket));
    socket.on('data', (bytes) => {
      for (const line of bytes.toString().split(/(?<=\n)/)) {
        const times = line.startsWith('~T') ? copies(++posted) : 1;
        for (const other of clients) if (other !== socket) other.write(`<x> :${line}`.repeat(times));
      }
    });
  }).listen(0, '127.0.0.1');
  t.after(() => {
    children.killAll();
    server.close();
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return generate(children, { port, pid: process.pid, protocol: 'line', greets: true, workload: FEW }, ignore);
}

/** One measurement of a server in its own process. */
async function measureOnce(t: TestContext, server: Server, scenario: Scenario, workload: Workload): Promise<Outcome> {
  const children = new Children();
  const folder = mkdtempSync(join(tmpdir(), 'partyline-bench-test-'));
  t.after(() => {
    children.killAll();
    rmSync(folder, { recursive: true, force: true });
  });
  const prepared = server.prepare(folder);
  assert.ok(prepared.found);
  const step = { scenario, candidate: { server, prepared }, round: 1, workload };
  return measure(step, { children, folder, onProgress: ignore });
}

/** Lets a generator process send clients into a room of the test's own server, where not all are told of each other. */
async function joinThrough(
  t: TestContext,
  copies: (nick: string) => number,
): Promise<{ readonly outcome: Outcome; readonly surplus: number }> {
  const children = new Children();
  const there = new Map<Socket, string>();
  let surplus = 0;
  const server = createServer((socket) => {
    let nick = '';
    socket.on('error', ignore).on('close', () => there.delete(socket));
    socket.on('data', (bytes) => {
      for (const line of bytes.toString().split('\r\n')) {
        if (line.startsWith('NICK ')) nick = line.slice('NICK '.length);
        if (line.startsWith('USER ')) socket.write(`:bench.test 001 ${nick} :Welcome\r\n`);
        if (!line.startsWith('JOIN ')) continue;
        for (const other of there.keys()) other.write(`:${nick}!u@h JOIN #bench\r\n`.repeat(copies(nick)));
        surplus += (copies(nick) - 1) * there.size;
        there.set(socket, nick);
        socket.write(
          `:${nick}!u@h JOIN #bench\r\n:bench.test 353 ${nick} = #bench :${[...there.values()].join(' ')}\r\n`,
        );
      }
    });
  }).listen(0, '127.0.0.1');
  t.after(() => {
    children.killAll();
    server.close();
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const workload = { kind: 'join', clients: 6, giveUpAfterSeconds: 0.5 } as const;
  const order = { port, pid: process.pid, protocol: 'irc', greets: true, workload } as const;
  return { outcome: await generate(children, order, ignore), surplus };
}

test('a run against the bare server in its own process counts every delivery', async (t) => {
  const { figures, problems } = await measureOnce(t, bare, flood, FEW);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    [figures.messages, figures.deliveries, figures.lostDeliveries, figures.unexpectedDeliveries],
    [60, 60 * 5, 0, 0],
  );
});

test('a message that a server does not pass on is a problem, with its number of deliveries', async (t) => {
  const { figures, problems } = await talkThrough(t, (posted) => (posted === FEW.warmUpMessages + 30 ? 0 : 1));
  assert.deepEqual([figures.lostDeliveries, problems], [5, ['5 deliveries were lost']]);
});

test('a message that a server passes on twice is a problem, with its number of deliveries', async (t) => {
  const { figures, problems } = await talkThrough(t, (posted) => (posted === FEW.warmUpMessages + 60 ? 2 : 1));
  assert.deepEqual([figures.unexpectedDeliveries, problems], [5, ['5 deliveries too many']]);
});

test('a server that cannot be started is a problem that says why', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'partyline-bench-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const launch = () => ({ program: process.execPath, args: ['-e', 'console.log("no luck"); process.exit(3)'] });
  const candidate = { server: bare, prepared: { found: true as const, version: '1', launch } };
  const step = { scenario: flood, candidate, round: 1, workload: FEW };
  const { problems } = await measure(step, { children: new Children(), folder, onProgress: ignore });
  assert.deepEqual(problems, ['the server did not start: it ended with code 3\nno luck']);
});

test('over IRC every delivery is counted: with tags, without, and to those who hear themselves', async (t) => {
  const { capabilitySets } = ircMixed.full as Extract<Workload, { kind: 'talk' }>;
  const outcome = await measureOnce(t, partyline, ircMixed, { ...FEW, ...(capabilitySets && { capabilitySets }) });
  const { figures, notes, problems } = outcome;
  assert.deepEqual([notes, problems], [[], []]);
  // Of the three that post, the third has asked for its own 20 messages.
  assert.deepEqual(
    [figures.messages, figures.deliveries, figures.lostDeliveries, figures.unexpectedDeliveries],
    [60, 60 * 5 + 20, 0, 0],
  );
});

test('in a storm of joins everybody is told of everybody', async (t) => {
  const workload = { kind: 'join', clients: 30, giveUpAfterSeconds: 5 } as const;
  const { figures, problems } = await measureOnce(t, partyline, ircJoin, workload);
  assert.deepEqual([problems, figures.deliveries], [[], 30 * 30]);
});

test('a newcomer that somebody is not told of, or told of twice, is a problem', async (t) => {
  const lost = await joinThrough(t, (nick) => (nick === 'b2' || nick === 'b4' ? 0 : 1));
  assert.ok(lost.surplus < 0);
  assert.deepEqual(lost.outcome.problems, [`${-lost.surplus} times somebody was not told of somebody`]);
  const twice = await joinThrough(t, (nick) => (nick === 'b2' || nick === 'b4' ? 2 : 1));
  assert.ok(twice.surplus > 0);
  assert.deepEqual(twice.outcome.problems, [`${twice.surplus} times somebody was told twice`]);
});
