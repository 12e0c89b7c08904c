import { flood } from './flood.ts';
import { idle } from './idle.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { rooms } from './rooms.ts';
import type { Scenario } from './scenario.ts';
import { slowReader } from './slow-reader.ts';

/** Everything that is measured, in the order in which it is run and shown. */
export const SCENARIOS: readonly Scenario[] = [flood, oneAtATime, idle, rooms, slowReader];
