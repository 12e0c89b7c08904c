import type { Options } from './options.ts';
import type { Scenario } from './scenarios/scenario.ts';
import type { Prepared, Server } from './servers/server.ts';
import type { Workload } from './workload.ts';

/** A server that is there and can be measured. */
export interface Candidate {
  readonly server: Server;
  readonly prepared: Extract<Prepared, { found: true }>;
}

/** One measurement to be made. */
export interface Step {
  readonly scenario: Scenario;
  readonly candidate: Candidate;
  /** Counts from 1. */
  readonly round: number;
  readonly workload: Workload;
}

/** A server that is not measured, or not in one scenario, and why. */
export interface LeftOut {
  readonly server: string;
  readonly scenario?: string;
  readonly reason: string;
}

/** Finds out which of the servers can be measured on this machine. */
export function chooseServers(
  servers: readonly Server[],
  folder: string,
): { candidates: readonly Candidate[]; leftOut: readonly LeftOut[] } {
  const candidates: Candidate[] = [];
  const leftOut: LeftOut[] = [];
  for (const server of servers) {
    const prepared = server.prepare(folder);
    if (prepared.found) candidates.push({ server, prepared });
    else leftOut.push({ server: server.name, reason: prepared.reason });
  }
  return { candidates, leftOut };
}

/**
 * The order of measuring: all servers take turns within a scenario, and each round begins with another one of them, so
 * that whatever else the machine does falls on all of them alike.
 */
export function plan(
  scenarios: readonly Scenario[],
  candidates: readonly Candidate[],
  options: Pick<Options, 'isQuick' | 'repeat'>,
): { steps: readonly Step[]; leftOut: readonly LeftOut[] } {
  const steps: Step[] = [];
  const leftOut: LeftOut[] = [];
  for (const scenario of scenarios) {
    const workload = options.isQuick ? scenario.quick : scenario.full;
    // Whoever speaks another protocol is no gap in the comparison, so nothing is said of it.
    const speakers = candidates.filter(({ server }) => server.protocols.includes(scenario.protocol));
    const fit = speakers.filter(({ server }) => {
      const reason = scenario.unfit?.(server);
      if (reason !== undefined) leftOut.push({ server: server.name, scenario: scenario.name, reason: `it ${reason}` });
      return reason === undefined;
    });
    for (let round = 1; round <= options.repeat; round++) {
      const first = (round - 1) % Math.max(fit.length, 1);
      for (const candidate of [...fit.slice(first), ...fit.slice(0, first)]) {
        steps.push({ scenario, candidate, round, workload });
      }
    }
  }
  return { steps, leftOut };
}
