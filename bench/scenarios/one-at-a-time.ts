import type { Workload } from '../workload.ts';
import { DELIVERY_COLUMNS, type Scenario } from './scenario.ts';

const full = {
  kind: 'talk',
  clients: 200,
  rooms: 1,
  senders: 20,
  messages: 2_000,
  warmUpMessages: 200,
  window: 1,
  messageBytes: 64,
  sampleEvery: 1,
  longestSeconds: 10,
  giveUpAfterSeconds: 5,
} as const satisfies Workload;

/** The next message is posted when everyone has the last one: nothing can be joined, so it is the bare cost of one. */
export const oneAtATime = {
  name: 'one',
  summary: '200 clients in one room, one 64-byte message at a time',
  protocol: 'line',
  full,
  quick: { ...full, messages: 500, warmUpMessages: 100, longestSeconds: 3 },
  columns: DELIVERY_COLUMNS,
} as const satisfies Scenario;
