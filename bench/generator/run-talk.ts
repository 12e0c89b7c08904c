import { setTimeout as delay } from 'node:timers/promises';
import type { Figures, Order, Outcome, Workload } from '../workload.ts';
import { readUsage } from '../process-usage.ts';
import type { Client } from './client.ts';
import { Crowd } from './crowd.ts';
import { now } from './message-text.ts';
import type { Protocol } from './protocol.ts';
import { Talk } from './talk.ts';

type TalkWorkload = Extract<Workload, { kind: 'talk' | 'sleep' }>;

interface Assignment {
  readonly order: Order;
  readonly workload: TalkWorkload;
  readonly protocol: Protocol;
  readonly onProgress: (text: string) => void;
}

/** Between warm-up and measuring: time for the server to collect its garbage and to finish compiling. */
const SETTLE_MS = 300;
const WARM_UP_AT_MOST_MS = 30_000;
const MEMORY_EVERY_MS = 100;
/** A sleeper that is awake again has got everything when nothing has come for this long. */
const QUIET_MS = 1_000;
const CAUGHT_UP_WITHIN_MS = 30_000;
/** A generator that is busy for more than this share of the time may have held the server back ... */
const BOUND_ABOVE = 0.9;
/** ... if the server was busy for less than this share. */
const IDLING_BELOW = 0.8;

/** Everyone talks; nobody sleeps. */
export async function runTalk(assignment: Assignment): Promise<Outcome> {
  const crowd = await assemble(assignment, assignment.workload.clients);
  const talk = await warmUp(assignment, crowd, crowd.clients, crowd.clients);
  const figures = await talk.run(spanOf(assignment.workload));
  const notes = [...crowd.describeRefused(), ...describeBound(figures)];
  return { figures, notes, problems: describeProblems(figures, crowd) };
}

/** Everyone talks but one, who stops reading when the measured span begins and reads on when it has ended. */
export async function runSleep(assignment: Assignment): Promise<Outcome> {
  const { order, workload } = assignment;
  const crowd = await assemble(assignment, workload.clients + 1);
  const sleeper = crowd.clients.at(-1);
  if (sleeper === undefined) throw new Error('there is nobody to sleep');
  const awake = crowd.clients.filter((client) => client !== sleeper);
  const talk = await warmUp(assignment, crowd, crowd.clients, awake);
  const memoryBeforeMib = readUsage(order.pid).residentMib;
  let memoryAfterMib = memoryBeforeMib;
  const watch = setInterval(() => {
    memoryAfterMib = Math.max(memoryAfterMib, readUsage(order.pid).residentMib);
  }, MEMORY_EVERY_MS);
  sleeper.startSpan();
  sleeper.sleep();
  const figures = await talk.run(spanOf(workload)).finally(() => clearInterval(watch));
  const problems = describeProblems(figures, crowd, sleeper);
  sleeper.wake();
  await catchUp(sleeper, talk.posted);
  const unaccounted = talk.posted - sleeper.received - sleeper.skipped;
  const fate = describeFate(sleeper, unaccounted);
  return {
    figures: {
      ...figures,
      memoryBeforeMib,
      memoryAfterMib,
      memoryGrowthMib: memoryAfterMib - memoryBeforeMib,
      sleeperDeliveries: sleeper.received,
      sleeperSkipped: sleeper.skipped,
    },
    notes: [fate, ...describeBound(figures)],
    problems: sleeper.ended === undefined && unaccounted !== 0 ? [...problems, fate] : problems,
  };
}

async function assemble({ order, workload, protocol, onProgress }: Assignment, clients: number): Promise<Crowd> {
  const { messageBytes: textBytes } = workload;
  const crowd = new Crowd({ ...order, ...workload, protocol, clients, textBytes });
  onProgress('connecting');
  await crowd.gather();
  await crowd.fence();
  return crowd;
}

/** Lets `everyone` talk for a while; returns the talk of those who stay `awake`. */
async function warmUp(
  { order, workload, onProgress }: Assignment,
  crowd: Crowd,
  everyone: readonly Client[],
  awake: readonly Client[],
): Promise<Talk> {
  const options = { ...workload, crowd, serverPid: order.pid, onProgress };
  const warm = await new Talk({ ...options, awake: everyone }).run({
    messages: workload.warmUpMessages,
    longestMs: WARM_UP_AT_MOST_MS,
  });
  const lost = warm.lostDeliveries ?? 0;
  if (lost > 0) throw new Error(`${lost} deliveries were lost while warming up`);
  await delay(SETTLE_MS);
  return new Talk({ ...options, awake });
}

const spanOf = (workload: TalkWorkload): { messages: number; longestMs: number } => ({
  messages: workload.messages,
  longestMs: workload.longestSeconds * 1000,
});

async function catchUp(sleeper: Client, posted: number): Promise<void> {
  const untilMs = now() + CAUGHT_UP_WITHIN_MS;
  let [seen, quietSinceMs] = [-1, now()];
  while (sleeper.ended === undefined && now() < untilMs && now() - quietSinceMs < QUIET_MS) {
    const accounted = sleeper.received + sleeper.skipped;
    if (accounted >= posted) return;
    if (accounted !== seen) [seen, quietSinceMs] = [accounted, now()];
    await delay(50);
  }
}

function describeFate(sleeper: Client, unaccounted: number): string {
  if (sleeper.ended !== undefined) return 'closed the slow reader';
  if (unaccounted !== 0) return `the slow reader was not told of ${unaccounted} messages`;
  return sleeper.skipped > 0 ? 'skipped and told so' : 'queued everything';
}

function describeBound({ wallSeconds, generatorCpuSeconds, serverCpuSeconds }: Figures): string[] {
  if (wallSeconds === undefined || generatorCpuSeconds === undefined || serverCpuSeconds === undefined) return [];
  const isBound = generatorCpuSeconds > wallSeconds * BOUND_ABOVE && serverCpuSeconds < wallSeconds * IDLING_BELOW;
  return isBound ? ['generator-bound'] : [];
}

function describeProblems(figures: Figures, crowd: Crowd, except?: Client): string[] {
  const { lostDeliveries = 0, unexpectedDeliveries = 0 } = figures;
  const ended = crowd.describeEnded(except);
  return [
    ...(lostDeliveries > 0 ? [`${lostDeliveries} deliveries were lost`] : []),
    ...(unexpectedDeliveries > 0 ? [`${unexpectedDeliveries} deliveries too many`] : []),
    ...(ended === undefined ? [] : [ended]),
  ];
}
