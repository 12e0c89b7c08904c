import type { Workload } from '../workload.ts';

/** What the IRC clients of a room may differ in: nothing, more to be written to each, one's own messages too. */
const CAPABILITY_SETS = [[], ['server-time', 'message-tags'], ['echo-message']];

/** A workload whose clients ask for different capabilities, a third of them for each set. */
export function withCapabilitySets(workload: Extract<Workload, { kind: 'talk' }>): Workload {
  return { ...workload, capabilitySets: CAPABILITY_SETS };
}
