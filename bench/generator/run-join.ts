import { setTimeout as delay } from 'node:timers/promises';
import { readUsage } from '../process-usage.ts';
import type { Order, Outcome, Workload } from '../workload.ts';
import { Crowd } from './crowd.ts';
import { MIN_TEXT_BYTES, now } from './message-text.ts';
import type { Protocol } from './protocol.ts';

interface JoinAssignment {
  readonly order: Order;
  readonly workload: Extract<Workload, { kind: 'join' }>;
  readonly protocol: Protocol;
  readonly onProgress: (text: string) => void;
}

/** Between connecting and joining: time for the server to collect its garbage. */
const SETTLE_MS = 500;
const WATCH_EVERY_MS = 20;
/** How long to look for news that nobody should have got. */
const LINGER_MS = 300;

/** How many people everybody together has been told of, and when that was seen to be more than before. */
interface News {
  readonly met: number;
  readonly atMs: number;
}

/**
 * Everyone enters one room at the same time. CPU and time count from the first request until everybody has been told of
 * everybody: by the list of those who were there before, or of each newcomer.
 */
export async function runJoin({ order, workload, protocol, onProgress }: JoinAssignment): Promise<Outcome> {
  const { clients, giveUpAfterSeconds } = workload;
  const samples = { textBytes: MIN_TEXT_BYTES, sampleEvery: 1 };
  const crowd = new Crowd({ ...order, ...samples, protocol, clients, rooms: 1, joinsLater: true });
  onProgress(`connecting ${clients} clients`);
  await crowd.gather();
  await delay(SETTLE_MS);
  const before = readUsage(order.pid);
  const ownBefore = process.cpuUsage();
  const startMs = now();
  for (const client of crowd.clients) client.join();
  let news: News = { met: 0, atMs: startMs };
  while (news.met < clients * clients && now() - news.atMs < giveUpAfterSeconds * 1000) {
    await delay(WATCH_EVERY_MS);
    news = lookAt(crowd, news);
    onProgress(`${news.met.toLocaleString('en-US')} people met`);
  }
  const own = process.cpuUsage(ownBefore);
  const after = readUsage(order.pid);
  const wallSeconds = (news.atMs - startMs) / 1000;
  await delay(LINGER_MS);
  const lost = crowd.clients.reduce((sum, client) => sum + Math.max(clients - client.met, 0), 0);
  const unexpected = crowd.clients.reduce((sum, client) => sum + Math.max(client.met - clients, 0), 0);
  const serverCpuSeconds = after.cpuSeconds - before.cpuSeconds;
  const ended = crowd.describeEnded();
  return {
    figures: {
      connections: clients,
      wallSeconds,
      deliveries: news.met,
      lostDeliveries: lost,
      unexpectedDeliveries: unexpected,
      serverCpuSeconds,
      cpuMicrosPerConnection: (serverCpuSeconds * 1e6) / clients,
      generatorCpuSeconds: (own.user + own.system) / 1e6,
      memoryBeforeMib: before.residentMib,
      memoryAfterMib: after.residentMib,
    },
    notes: [],
    problems: [
      ...(lost > 0 ? [`${lost} times somebody was not told of somebody`] : []),
      ...(unexpected > 0 ? [`${unexpected} times somebody was told twice`] : []),
      ...(ended === undefined ? [] : [ended]),
    ],
  };
}

function lookAt({ clients }: Crowd, before: News): News {
  const met = clients.reduce((sum, client) => sum + client.met, 0);
  return met === before.met ? before : { met, atMs: now() };
}
