import { IDLE_COLUMNS, type Scenario } from './scenario.ts';

/** What somebody in a room costs who says nothing. */
export const ircIdle: Scenario = {
  name: 'irc-idle',
  summary: '5,000 IRC clients in 100 rooms (1,000 in 20 with --quick) that say nothing; memory once all are in',
  protocol: 'irc',
  full: { kind: 'idle', clients: 5_000, rooms: 100 },
  quick: { kind: 'idle', clients: 1_000, rooms: 20 },
  columns: IDLE_COLUMNS,
};
