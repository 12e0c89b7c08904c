import type { Workload } from '../workload.ts';
import { DELIVERY_COLUMNS, type Scenario } from './scenario.ts';

const full = {
  kind: 'talk',
  clients: 200,
  rooms: 20,
  senders: 40,
  messages: 100_000,
  warmUpMessages: 5_000,
  window: 64,
  messageBytes: 64,
  sampleEvery: 17,
  longestSeconds: 10,
  giveUpAfterSeconds: 5,
} as const satisfies Workload;

/** Many small rooms: little can be shared, so what a message costs apart from its deliveries shows. */
export const rooms: Scenario = {
  name: 'rooms',
  summary: '200 clients in 20 rooms of 10, two of each room post 64-byte messages, 64 messages under way in all',
  protocol: 'line',
  full,
  quick: { ...full, messages: 20_000, warmUpMessages: 2_000, longestSeconds: 3 },
  columns: DELIVERY_COLUMNS,
  unfit: (server) => (server.hasRooms ? undefined : 'has no rooms'),
};
