import { withCapabilitySets } from './capability-sets.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { Scenario } from './scenario.ts';

/** The bare cost of one message over IRC. */
export const ircOne: Scenario = {
  ...oneAtATime,
  name: 'irc-one',
  summary: 'one message at a time over IRC; capabilities as in irc-mixed',
  protocol: 'irc',
  full: withCapabilitySets(oneAtATime.full),
  quick: withCapabilitySets(oneAtATime.quick),
};
