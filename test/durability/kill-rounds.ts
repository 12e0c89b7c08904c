import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { roomConversation } from '../../src/domain/conversation.ts';
import { sequenceOf } from '../../src/domain/message-id.ts';
import { parseRoomName } from '../../src/domain/room-name.ts';
import { Storage } from '../../src/storage/storage.ts';
import { startServerProcess } from '../support/run-cli.ts';
import { Talker, type Heard } from './talker.ts';

/** What is asked of a number of rounds. */
export interface KillPlan {
  readonly folder: string;
  readonly kills: number;
  readonly sync: 'process' | 'disk';
  /** Between 0 and 1; decides when each kill comes. */
  readonly random: () => number;
}

/** What a round has shown. */
export interface KillRound {
  readonly number: number;
  readonly afterMs: number;
  /** Messages that some client was told, each counted once; and how often all clients were told them. */
  readonly told: number;
  readonly deliveries: number;
  /** Messages of this round that history has. Those that nobody was told yet are among them. */
  readonly kept: number;
}

const ROOMS = Array.from({ length: 20 }, (_, index) => `#kill${index}`);
const PEOPLE_PER_ROOM = 3;
/** One message in each room every so many milliseconds: with 20 rooms 2,000 a second. */
const TICK_MS = 10;
const [SHORTEST_MS, LONGEST_MS] = [100, 1500];
const PAGE = 10_000;
/** A step that takes longer than this has gone wrong. */
const PATIENCE_MS = 60_000;

/**
 * Starts a server, has people talk, kills it at a random moment, and holds what each client was told against what
 * history has then; again and again on the same data. Throws an error that says what is wrong, if something is.
 */
export async function* killRounds(plan: KillPlan): AsyncGenerator<KillRound> {
  const file = join(plan.folder, 'data', 'partyline.db');
  let lastSequence = 0;
  for (let number = 1; number <= plan.kills; number++) {
    const afterMs = SHORTEST_MS + Math.floor(plan.random() * (LONGEST_MS - SHORTEST_MS));
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const heard = await inTime(talkUntilKilled(plan, number, afterMs), signal, `round ${number}`);
    assertSound(file);
    const storage = new Storage(file, plan.sync);
    let [told, deliveries, kept] = [0, 0, 0];
    for (const room of ROOMS) {
      const history = historyOf(storage, room, lastSequence);
      const clients = heard.get(room) ?? [];
      assertAgrees(room, history, clients);
      kept += history.length;
      told += new Set(clients.flatMap((messages) => messages.map(({ id }) => id))).size;
      deliveries += clients.reduce((sum, messages) => sum + messages.length, 0);
    }
    lastSequence = storage.lastSequence;
    storage.close();
    yield { number, afterMs, told, deliveries, kept };
  }
  await inTime(assertServed(plan, file), AbortSignal.timeout(PATIENCE_MS), 'reading history at the end');
}

/** Everybody's messages, by room and client. */
async function talkUntilKilled(plan: KillPlan, round: number, afterMs: number): Promise<Map<string, Heard[][]>> {
  const server = await serve(plan);
  try {
    const talkers = await Promise.all(
      ROOMS.flatMap((room, at) =>
        Array.from({ length: PEOPLE_PER_ROOM }, (_, who) => Talker.enter(server.port, `p${at}x${who}`, room)),
      ),
    );
    const timer = keepTalking(talkers, round);
    await pause(afterMs);
    await server.stop('SIGKILL');
    clearInterval(timer);
    const heard = new Map<string, Heard[][]>();
    for (const talker of talkers) {
      const own = await talker.heardInAll();
      heard.set(talker.room, [...(heard.get(talker.room) ?? []), own]);
    }
    return heard;
  } finally {
    server.child.kill('SIGKILL');
  }
}

/** One message in each room every tick, the people of a room in turn. What a late timer has missed is made up for. */
function keepTalking(talkers: readonly Talker[], round: number): NodeJS.Timeout {
  const begun = performance.now();
  let ticks = 0;
  return setInterval(() => {
    for (; ticks < (performance.now() - begun) / TICK_MS; ticks++) {
      for (let at = 0; at < ROOMS.length; at++) {
        const talker = talkers[at * PEOPLE_PER_ROOM + (ticks % PEOPLE_PER_ROOM)]!;
        talker.say(`round ${round} message ${ticks * ROOMS.length + at}`);
      }
    }
  }, TICK_MS);
}

function serve({ folder, sync }: KillPlan): ReturnType<typeof startServerProcess> {
  const args = ['--port', '0', '--no-limits', '--log-format', 'json', '--data', join(folder, 'data')];
  return startServerProcess({ after: () => {} }, args, folder, { PARTYLINE_HISTORY_SYNC: sync });
}

/** Every file opens: the database is whole, with the log that the killed server has left. */
function assertSound(file: string): void {
  const database = new DatabaseSync(file);
  const answer = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  database.close();
  if (answer !== 'ok') throw new Error(`the database is damaged: ${String(answer)}`);
}

function historyOf(storage: Storage, room: string, after: number): Heard[] {
  const parsed = parseRoomName(room, 64);
  if (!parsed.ok) throw new TypeError(`no room name: ${room}`);
  const conversation = roomConversation(parsed.value.key);
  const messages: Heard[] = [];
  for (let from = after; ; from = sequenceOf(messages.at(-1)!.id)!) {
    const page = storage.read({ conversation, after: from, includes: 'messages' }, 'first', PAGE);
    messages.push(...page.map((event) => ({ id: event.id, text: 'text' in event ? event.text : '' })));
    if (page.length < PAGE) return messages;
  }
}

/** No message that a client was told is missing, none is there twice, and the order is the same for all. */
function assertAgrees(room: string, history: readonly Heard[], clients: readonly (readonly Heard[])[]): void {
  const places = new Map(history.map(({ id }, place) => [id, place]));
  if (places.size !== history.length) throw new Error(`${room}: an id is in history twice`);
  if (new Set(history.map(({ text }) => text)).size !== history.length) {
    throw new Error(`${room}: a message is in history twice`);
  }
  for (const messages of clients) {
    let last: number | undefined;
    for (const { id, text } of messages) {
      const place = places.get(id);
      if (place === undefined) throw new Error(`${room}: "${text}" (${id}) was told to a client and is not in history`);
      if (history[place]!.text !== text) throw new Error(`${room}: ${id} has another text in history`);
      // Everybody is in the room before the first message: what follows in history follows for each of them.
      if (last !== undefined && place !== last + 1) throw new Error(`${room}: "${text}" came in another order`);
      last = place;
    }
  }
}

/** What a server that is started once more shows is what is in the file. */
async function assertServed(plan: KillPlan, file: string): Promise<void> {
  const server = await serve(plan);
  const shown = new Map<string, Heard[]>();
  try {
    for (const [at, room] of ROOMS.entries()) {
      const reader = await Talker.enter(server.port, `reader${at}`, room);
      shown.set(room, await reader.latest(50));
      reader.leave();
    }
    await server.stop('SIGTERM');
  } finally {
    server.child.kill('SIGKILL');
  }
  const storage = new Storage(file, plan.sync);
  for (const room of ROOMS) {
    const expected = historyOf(storage, room, 0).slice(-50);
    if (JSON.stringify(shown.get(room)) !== JSON.stringify(expected)) {
      throw new Error(`${room}: CHATHISTORY shows something else than the file has`);
    }
  }
  storage.close();
}

async function inTime<T>(work: Promise<T>, signal: AbortSignal, what: string): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error(`${what} took longer than ${PATIENCE_MS / 1000} s`)));
  });
  return Promise.race([work, late]);
}
