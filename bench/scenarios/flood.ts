import type { Workload } from '../workload.ts';
import { DELIVERY_COLUMNS, type Scenario } from './scenario.ts';

const full = {
  kind: 'talk',
  clients: 200,
  rooms: 1,
  senders: 20,
  messages: 40_000,
  warmUpMessages: 2_000,
  window: 64,
  messageBytes: 64,
  sampleEvery: 17,
  longestSeconds: 10,
  giveUpAfterSeconds: 5,
} as const satisfies Workload;

/** As much as the server can take. */
export const flood = {
  name: 'flood',
  summary: '200 clients in one room, 20 of them post 64-byte messages, 64 messages under way',
  protocol: 'line',
  full,
  quick: { ...full, messages: 16_000, warmUpMessages: 1_000, longestSeconds: 3 },
  columns: DELIVERY_COLUMNS,
} as const satisfies Scenario;
