import { withCapabilitySets } from './capability-sets.ts';
import { flood } from './flood.ts';
import type { Scenario } from './scenario.ts';

/** As much as the server can take, when not everybody can be sent the same bytes. */
export const ircMixed: Scenario = {
  ...flood,
  name: 'irc-mixed',
  summary: 'flood over IRC; a third each with no capabilities, server-time and message-tags, echo-message',
  protocol: 'irc',
  full: withCapabilitySets(flood.full),
  quick: withCapabilitySets(flood.quick),
};
