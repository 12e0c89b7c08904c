import { setTimeout as delay } from 'node:timers/promises';
import { readUsage } from '../process-usage.ts';
import { percentile } from '../statistics.ts';
import type { Order, Outcome, Workload } from '../workload.ts';
import { Crowd } from './crowd.ts';
import { MIN_TEXT_BYTES, now } from './message-text.ts';
import type { Protocol } from './protocol.ts';

interface IdleAssignment {
  readonly order: Order;
  readonly workload: Extract<Workload, { kind: 'idle' }>;
  readonly protocol: Protocol;
  readonly onProgress: (text: string) => void;
}

/** Memory is read this long after the last client was served. */
const SETTLE_MS = 1_500;
/** What server and generator may have open besides their connections. */
const SPARE_FILES = 100;

/** Connects everyone, waits until they were served, and reads what the server has grown by. */
export async function runIdle({ order, workload, protocol, onProgress }: IdleAssignment): Promise<Outcome> {
  const { clients: wanted, rooms } = workload;
  const clients = Math.min(wanted, mostOpenFiles() - SPARE_FILES);
  const crowd = new Crowd({ ...order, protocol, clients, rooms, textBytes: MIN_TEXT_BYTES, sampleEvery: 1 });
  onProgress(`connecting ${clients} clients`);
  const before = readUsage(order.pid);
  const ownBefore = process.cpuUsage();
  const startMs = now();
  await crowd.gather();
  const wallSeconds = (now() - startMs) / 1000;
  const own = process.cpuUsage(ownBefore);
  if (!order.greets) await crowd.fence();
  await delay(SETTLE_MS);
  const after = readUsage(order.pid);
  const ended = crowd.describeEnded();
  return {
    figures: {
      connections: clients,
      wallSeconds,
      generatorCpuSeconds: (own.user + own.system) / 1e6,
      serverCpuSeconds: after.cpuSeconds - before.cpuSeconds,
      cpuMicrosPerConnection: ((after.cpuSeconds - before.cpuSeconds) * 1e6) / clients,
      memoryBeforeMib: before.residentMib,
      memoryAfterMib: after.residentMib,
      memoryPerConnectionKib: ((after.residentMib - before.residentMib) * 1024) / clients,
      ...(order.greets ? describeService(crowd) : {}),
    },
    notes: clients < wanted ? [`only ${clients} connections: a process may not open more files here`] : [],
    problems: ended === undefined ? [] : [ended],
  };
}

/** How long clients waited for their first line, and how far the first and the last of them were apart in that. */
function describeService(crowd: Crowd): { servedP50Ms: number; servedMaxMs: number; servedSpreadMs: number } {
  const waits = crowd.clients
    .map(({ connectedAtMs = Number.NaN, servedAtMs = Number.NaN }) => servedAtMs - connectedAtMs)
    .sort((a, b) => a - b);
  const [first = Number.NaN, last = Number.NaN] = [waits[0], waits.at(-1)];
  return { servedP50Ms: percentile(waits, 50) ?? Number.NaN, servedMaxMs: last, servedSpreadMs: last - first };
}

/** How many files, connections among them, this process and the server may have open: Node raises it as far as it may. */
function mostOpenFiles(): number {
  const { userLimits } = process.report.getReport() as { userLimits?: { open_files?: { soft?: unknown } } };
  const most = Number(userLimits?.open_files?.soft);
  return Number.isFinite(most) ? most : Infinity;
}
