import type { Workload } from '../workload.ts';
import type { Scenario } from './scenario.ts';

const full = { kind: 'join', clients: 2_000, giveUpAfterSeconds: 15 } as const satisfies Workload;

/** A storm of joins: everybody has to be told of everybody. */
export const ircJoin: Scenario = {
  name: 'irc-join',
  summary: '2,000 IRC clients (500 with --quick) enter one room at once; until each was told of all',
  protocol: 'irc',
  full,
  quick: { ...full, clients: 500 },
  columns: [
    'serverCpuSeconds',
    'cpuMicrosPerConnection',
    'wallSeconds',
    'connections',
    'deliveries',
    'lostDeliveries',
    'memoryBeforeMib',
    'memoryAfterMib',
    'generatorCpuSeconds',
  ],
};
