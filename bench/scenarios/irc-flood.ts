import { flood } from './flood.ts';
import type { Scenario } from './scenario.ts';

/** As much as the server can take, over IRC, from clients that ask for nothing. */
export const ircFlood: Scenario = {
  ...flood,
  name: 'irc-flood',
  summary: 'flood over IRC, no capabilities',
  protocol: 'irc',
};
