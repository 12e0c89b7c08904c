// Holds a server with a long history against what is promised of it: node bench/history/measure.ts DIR [PART...], where
// bench/history/generate.ts has made DIR. Exit code 0 when every bound holds, 1 when one does not, 2 for bad options.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { searchFileIn } from '../../src/storage/search-files.ts';
import { Storage } from '../../src/storage/storage.ts';
import { Children } from '../children.ts';
import { endOnSignals } from '../end-on-signals.ts';
import { readStolenSeconds, readUsage } from '../process-usage.ts';
import { startServer, type RunningServer } from '../server-process.ts';
import { median, percentile } from '../statistics.ts';
import { Asker } from './asker.ts';
import { ChatterProcess } from './chatter-process.ts';
import { SEARCHES } from './searches.ts';
import { seeded, unevenly } from './vocabulary.ts';

const STARTS = 5;
const MAX_START_MS = 2000;
const ROOMS = 2000;
/** What somebody who reads history and searches is in. */
const ROOMS_OF_ONE = 50;
const REQUESTS = 1000;
/** Requests before those, so that compilers have done their work. */
const WARM_UP = 100;
const MAX_HISTORY_MS = 5;
const SEARCHES_OF_EACH = 40;
const MAX_SEARCH_MS = 100;
/** Of each kind of rounds, in turn. */
const ROUNDS = 5;
const ROUND_MS = 8000;
/** Two rounds in one of which the machine under this one took more than this for others, in seconds, do not count. */
const MAX_STOLEN_SECONDS = 0.1;
/** Of each kind, with those that do not count. */
const MAX_ROUNDS = 15;
/** With fewer that count nothing is said of the bound. */
const MIN_ROUNDS = 3;
/** Who search, or read, beside the chat. */
const ASKERS = 2;
/** Between two requests of one of them: together they make up to 20 a second. */
const PAUSE_MS = 100;
/** What two rounds of the same kind may differ by. */
const UNCHANGED = 1.25;

const PARTS = new Set(['starts', 'history', 'searches', 'chat', 'readers', 'indexing']);

const launcher = fileURLToPath(new URL('../../bin/partyline', import.meta.url));
const [folder, ...parts] = process.argv.slice(2);
if (folder === undefined || !existsSync(join(folder, 'partyline.db')) || parts.some((part) => !PARTS.has(part))) {
  const usage = `Usage: node bench/history/measure.ts DIR [PART...]\nParts: ${[...PARTS].join(', ')}. bench/history/generate.ts makes DIR.`;
  const isHelp = folder === '--help';
  (isHelp ? console.log : console.error)(usage);
  process.exit(isHelp ? 0 : 2);
}
const children = new Children();
process.once('exit', () => children.killAll());
endOnSignals();
const random = seeded(7);
let isAllWell = true;

/** Whether a part is to be measured: those that are named, or all. */
function isAsked(part: string): boolean {
  return parts.length === 0 || parts.includes(part);
}

/** Shows one figure, and whether it is within its bound. */
function show(what: string, figure: string, isWithin?: boolean): void {
  const verdict = isWithin === undefined ? '' : isWithin ? '  holds' : '  DOES NOT HOLD';
  if (isWithin === false) isAllWell = false;
  console.log(`${what.padEnd(60)} ${figure}${verdict}`);
}

function percentiles(values: readonly number[]): { readonly p50: number; readonly p99: number; readonly max: number } {
  const sorted = values.toSorted((a, b) => a - b);
  return { p50: percentile(sorted, 50) ?? NaN, p99: percentile(sorted, 99) ?? NaN, max: sorted.at(-1) ?? NaN };
}

function showTimes(what: string, values: readonly number[], mostP99Ms?: number): void {
  const { p50, p99, max } = percentiles(values);
  const figure = `p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, max ${max.toFixed(2)} ms`;
  show(what, figure, mostP99Ms === undefined ? undefined : p99 < mostP99Ms);
}

interface Start {
  readonly server: RunningServer;
  /** How long it took until somebody was let in. */
  readonly ms: number;
  /** What the server has used of the processor by then: all of it, on a machine that does nothing else. */
  readonly cpuMs: number;
}

/** Starts a server over some data. */
async function start(data: string): Promise<Start> {
  const begun = performance.now();
  const server = await startServer(children, data, (port) => ({
    program: process.execPath,
    args: [launcher, 'serve', '--host', '127.0.0.1', '--port', String(port), '--no-limits', '--data', data],
  }));
  const first = await Asker.enter(server.port, 'first', 'message-tags');
  const ms = performance.now() - begun;
  first.leave();
  return { server, ms, cpuMs: readUsage(server.pid).cpuSeconds * 1000 };
}

/** As if it was told to stop, so that nothing is left to be done at the next start. */
async function stop({ child }: RunningServer): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

async function measureStarts(data: string): Promise<void> {
  const empty = mkdtempSync(join(tmpdir(), 'partyline-empty-'));
  const starts: Start[] = [];
  const emptyStarts: Start[] = [];
  for (let round = 0; round < STARTS; round++) {
    for (const [where, into] of [
      [data, starts],
      [empty, emptyStarts],
    ] as const) {
      into.push(await start(where));
      await stop(into.at(-1)!.server);
    }
  }
  rmSync(empty, { recursive: true });
  const text = (of: readonly Start[]): string => {
    const middle = (name: 'ms' | 'cpuMs'): string => (median(of.map((one) => one[name])) ?? NaN).toFixed(0);
    return `p50 ${middle('ms')} ms (CPU ${middle('cpuMs')} ms)`;
  };
  show('start-up with no history, until somebody is let in', text(emptyStarts));
  const slowest = Math.max(...starts.map(({ ms }) => ms));
  show('start-up with this history', `${text(starts)}, max ${slowest.toFixed(0)} ms`, slowest < MAX_START_MS);
}

/** Somebody in many rooms, the busiest among them. */
async function enterRooms(port: number, nick: string): Promise<Asker> {
  const asker = await Asker.enter(port, nick, 'message-tags server-time batch draft/chathistory soju.im/search');
  for (let room = 1; room <= ROOMS_OF_ONE; room++) await asker.ask(`JOIN #room${room}`);
  return asker;
}

async function measureHistory(port: number): Promise<void> {
  const latest: number[] = [];
  const deep: number[] = [];
  let asker: Asker | undefined;
  for (let request = 0; request < WARM_UP + REQUESTS; request++) {
    // Rooms that nobody has looked at lately are asked for as well: one is left for each that is entered.
    asker ??= await Asker.enter(port, 'reader', 'message-tags server-time batch draft/chathistory');
    const room = `#room${unevenly(ROOMS, random) + 1}`;
    await asker.ask(`JOIN ${room}`);
    latest.push(await timed(asker, `CHATHISTORY LATEST ${room} * 50`, ' PRIVMSG '));
    deep.push(await timed(asker, `CHATHISTORY BEFORE ${room} timestamp=${anyMoment()} 50`, 'BATCH '));
    await asker.ask(`PART ${room}`);
  }
  asker?.leave();
  const what = 'of any room, 50 messages';
  showTimes(`CHATHISTORY LATEST ${what}`, latest.slice(WARM_UP), MAX_HISTORY_MS);
  showTimes(`CHATHISTORY BEFORE any moment ${what}`, deep.slice(WARM_UP), MAX_HISTORY_MS);
}

/** One of the last thousand days. */
function anyMoment(): string {
  return new Date(Date.now() - random() * 1000 * 86_400_000).toISOString();
}

/** How long one request takes, the answer to which has something in it. */
async function timed(asker: Asker, request: string, expected: string): Promise<number> {
  const { ms, lines } = await asker.ask(request);
  if (!lines.some((line) => line.includes(expected))) throw new Error(`${request}: ${lines.join(' | ')}`);
  return ms;
}

async function measureSearches(port: number): Promise<void> {
  const asker = await enterRooms(port, 'finder');
  const all: number[] = [];
  for (const { what, attributes } of SEARCHES) {
    const times: number[] = [];
    for (let search = 0; search < SEARCHES_OF_EACH; search++) {
      times.push(await timed(asker, `SEARCH ${attributes(random)}`, 'BATCH '));
    }
    showTimes(`SEARCH ${what}`, times);
    all.push(...times);
  }
  showTimes('SEARCH, all of these', all, MAX_SEARCH_MS);
  asker.leave();
}

/** Searches again and again until it is told to stop. */
async function keepSearching(asker: Asker, state: { isOver: boolean }): Promise<number> {
  let count = 0;
  for (; !state.isOver; count++) {
    await asker.ask(`SEARCH ${SEARCHES[count % SEARCHES.length]!.attributes(random)}`);
    await setTimeout(PAUSE_MS);
  }
  return count;
}

/** Copies the data until it is told to stop. */
async function keepBackingUp(data: string, state: { isOver: boolean }): Promise<void> {
  const copies = mkdtempSync(join(tmpdir(), 'partyline-copies-'));
  const target = join(copies, 'copy.db');
  while (!state.isOver) {
    const args = [launcher, 'backup', target, '--data', data];
    const child = children.add(spawn(process.execPath, args, { stdio: 'ignore' }));
    const watch = setInterval(() => state.isOver && child.kill('SIGTERM'), 50);
    await once(child, 'exit');
    clearInterval(watch);
    // Not at once: that takes long enough to be measured.
    await rm(target, { force: true });
  }
  await rm(copies, { recursive: true, force: true });
}

/** Reads pages of history from anywhere, each room as often as another, until it is told to stop. */
async function keepReading(asker: Asker, state: { isOver: boolean }): Promise<number> {
  let count = 0;
  for (; !state.isOver; count++) {
    const room = `#room${Math.floor(random() * ROOMS) + 1}`;
    await asker.ask(`JOIN ${room}`);
    await asker.ask(`CHATHISTORY BEFORE ${room} timestamp=${anyMoment()} 50`);
    await asker.ask(`PART ${room}`);
    await setTimeout(PAUSE_MS);
  }
  return count;
}

/** What goes on beside the chat: begins it, and gives how often it was done when it is told to stop. */
type Work = (state: { isOver: boolean }) => readonly Promise<number | void>[];

/** The chat's own latency, in rounds without anything else and in rounds with something else, in turn. */
async function measureChat(port: number, what: string, begin: Work): Promise<void> {
  const chatter = await ChatterProcess.gather(children, port);
  await chatter.talk(ROUND_MS);
  const round = async (): Promise<{ readonly p99: number; readonly isOurs: boolean }> => {
    const stolenBefore = readStolenSeconds();
    const { p99 } = percentiles(await chatter.talk(ROUND_MS));
    return { p99, isOurs: readStolenSeconds() - stolenBefore <= MAX_STOLEN_SECONDS };
  };
  const quiet: number[] = [];
  const busy: number[] = [];
  let times = 0;
  let tries = 0;
  for (; tries < MAX_ROUNDS && busy.length < ROUNDS; tries++) {
    const without = await round();
    const state = { isOver: false };
    const work = begin(state);
    const beside = await round();
    state.isOver = true;
    for (const count of await Promise.all(work)) times += count ?? 0;
    if (!without.isOurs || !beside.isOurs) continue;
    quiet.push(without.p99);
    busy.push(beside.p99);
  }
  await chatter.leave();
  const list = (values: readonly number[]): string => values.map((value) => value.toFixed(2)).join(', ');
  const [before, during] = [median(quiet) ?? NaN, median(busy) ?? NaN];
  show('chat, p99 of each round without anything else', `${list(quiet)} ms; median ${before.toFixed(2)} ms`);
  const figure = `${list(busy)} ms; median ${during.toFixed(2)} ms (${times} of them)`;
  const isTold = busy.length >= MIN_ROUNDS;
  show(`chat, p99 with ${what}`, figure, isTold ? during < before * UNCHANGED || during < before + 1 : undefined);
  if (busy.length < tries) show('rounds that do not count: the machine was taken away', `${tries - busy.length}`);
  if (!isTold) isAllWell = false;
}

async function measureChatWithSearches(port: number, data: string): Promise<void> {
  const searchers = await Promise.all(Array.from({ length: ASKERS }, (_, at) => enterRooms(port, `searcher${at}`)));
  await measureChat(port, 'searches and a backup', (state) => [
    ...searchers.map((asker) => keepSearching(asker, state)),
    keepBackingUp(data, state),
  ]);
  for (const searcher of searchers) searcher.leave();
}

async function measureChatWithReaders(port: number): Promise<void> {
  const readers = await Promise.all(Array.from({ length: ASKERS }, (_, at) => enterRooms(port, `reader${at}`)));
  await measureChat(port, 'pages of history read', (state) => readers.map((asker) => keepReading(asker, state)));
  for (const reader of readers) reader.leave();
}

/** The index of words is made anew while people talk. */
async function measureIndexing(data: string): Promise<void> {
  const index = searchFileIn(data);
  renameSync(index, `${index}.aside`);
  const { server, ms } = await start(data);
  show('start-up without an index of words', `${ms.toFixed(0)} ms`, ms < MAX_START_MS);
  const chatter = await ChatterProcess.gather(children, server.port);
  await chatter.talk(ROUND_MS);
  showTimes('chat while it is made', await chatter.talk(ROUND_MS));
  await chatter.leave();
  const finder = await enterRooms(server.port, 'finder');
  const times: number[] = [];
  for (let search = 0; search < SEARCHES_OF_EACH; search++) {
    const { attributes } = SEARCHES[search % SEARCHES.length]!;
    times.push((await finder.ask(`SEARCH ${attributes(random)}`)).ms);
  }
  showTimes('SEARCH while it is made', times);
  finder.leave();
  await children.stop(server.child);
  for (const end of ['', '-wal', '-shm']) rmSync(index + end, { force: true });
  renameSync(`${index}.aside`, index);
}

// A newer version brings the schema up to date first, which copies the database once and is not measured here.
new Storage(join(folder, 'partyline.db'), 'process').close();
if (isAsked('starts')) await measureStarts(folder);
if (['history', 'searches', 'chat', 'readers'].some(isAsked)) {
  const { server } = await start(folder);
  if (isAsked('history')) await measureHistory(server.port);
  if (isAsked('searches')) await measureSearches(server.port);
  if (isAsked('chat')) await measureChatWithSearches(server.port, folder);
  if (isAsked('readers')) await measureChatWithReaders(server.port);
  await stop(server);
}
if (isAsked('indexing')) await measureIndexing(folder);
process.exitCode = isAllWell ? 0 : 1;
