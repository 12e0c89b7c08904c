import type { Workload } from '../workload.ts';
import { DELIVERY_COLUMNS, type Scenario } from './scenario.ts';

const full = {
  kind: 'talk',
  clients: 200,
  rooms: 100,
  senders: 100,
  messages: 200_000,
  warmUpMessages: 20_000,
  window: 1_000,
  messageBytes: 64,
  sampleEvery: 17,
  longestSeconds: 10,
  giveUpAfterSeconds: 5,
} as const satisfies Workload;

/** Nothing is shared: each message is delivered once, so that what it costs to keep it weighs most. */
export const ircPairs: Scenario = {
  name: 'irc-pairs',
  summary:
    '200 clients in 100 rooms of two over IRC, one of each posts 64-byte messages, 1,000 messages under way in all',
  protocol: 'irc',
  full,
  quick: { ...full, messages: 50_000, longestSeconds: 3 },
  columns: [...DELIVERY_COLUMNS, 'deliveriesPerSecond'],
};
