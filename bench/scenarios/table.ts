import { flood } from './flood.ts';
import { idle } from './idle.ts';
import { ircFlood } from './irc-flood.ts';
import { ircIdle } from './irc-idle.ts';
import { ircJoin } from './irc-join.ts';
import { ircMixed } from './irc-mixed.ts';
import { ircOne } from './irc-one.ts';
import { ircPairs } from './irc-pairs.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { rooms } from './rooms.ts';
import type { Scenario } from './scenario.ts';
import { slowReader } from './slow-reader.ts';

/** Everything that is measured, in the order in which it is run and shown. */
export const SCENARIOS: readonly Scenario[] = [
  flood,
  oneAtATime,
  idle,
  rooms,
  slowReader,
  ircFlood,
  ircMixed,
  ircOne,
  ircJoin,
  ircIdle,
  ircPairs,
];
