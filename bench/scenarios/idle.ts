import { IDLE_COLUMNS, type Scenario } from './scenario.ts';

/** What a connection costs that does nothing: memory, and the time until it was served. */
export const idle: Scenario = {
  name: 'idle',
  summary: '10,000 connections (1,000 with --quick) that say nothing; memory once all were served',
  protocol: 'line',
  full: { kind: 'idle', clients: 10_000, rooms: 1 },
  quick: { kind: 'idle', clients: 1_000, rooms: 1 },
  columns: IDLE_COLUMNS,
};
