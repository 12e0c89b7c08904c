import type { Workload } from '../workload.ts';
import type { Scenario } from './scenario.ts';

const full = {
  kind: 'sleep',
  clients: 20,
  rooms: 1,
  senders: 10,
  messages: 200_000,
  warmUpMessages: 20_000,
  window: 64,
  messageBytes: 64,
  sampleEvery: 17,
  longestSeconds: 30,
  giveUpAfterSeconds: 5,
} as const satisfies Workload;

/** One client stops reading: what that costs the server in memory, the others in deliveries, and itself in messages. */
export const slowReader: Scenario = {
  name: 'slow',
  summary: '20 clients exchange 200,000 messages (100,000 with --quick) while one more does not read, then wakes',
  protocol: 'line',
  full,
  quick: { ...full, messages: 100_000, warmUpMessages: 10_000, longestSeconds: 15 },
  columns: [
    'memoryGrowthMib',
    'memoryBeforeMib',
    'memoryAfterMib',
    'messages',
    'sleeperDeliveries',
    'sleeperSkipped',
    'deliveries',
    'lostDeliveries',
    'cpuMicrosPerDelivery',
    'latencyP99Ms',
    'wallSeconds',
    'serverCpuSeconds',
    'generatorCpuSeconds',
  ],
};
