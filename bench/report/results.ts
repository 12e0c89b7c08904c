import { FIGURES, type FigureName } from '../figures.ts';
import type { Step } from '../plan.ts';
import { median } from '../statistics.ts';
import type { Figures, Outcome } from '../workload.ts';

/** One measurement that was made. */
export interface Run {
  readonly step: Step;
  readonly outcome: Outcome;
}

/** All rounds of one server in one scenario. */
export interface Result {
  readonly scenario: string;
  readonly server: string;
  /** The medians of the rounds that had no problem. */
  readonly figures: Figures;
  readonly notes: readonly string[];
  readonly problems: readonly string[];
  readonly rounds: readonly Outcome[];
}

const FIGURE_NAMES = Object.keys(FIGURES) as FigureName[];

/** Brings the rounds of each server and scenario together, in the order of the two tables and not of the rounds. */
export function summarize(runs: readonly Run[], servers: readonly string[]): readonly Result[] {
  const scenarios = [...new Set(runs.map(({ step }) => step.scenario.name))];
  return scenarios.flatMap((scenario) =>
    servers.flatMap((server) => {
      const rounds = runs
        .filter(({ step }) => step.scenario.name === scenario && step.candidate.server.name === server)
        .map(({ outcome }) => outcome);
      return rounds.length === 0 ? [] : [bringTogether(scenario, server, rounds)];
    }),
  );
}

function bringTogether(scenario: string, server: string, rounds: readonly Outcome[]): Result {
  const sound = rounds.filter(({ problems }) => problems.length === 0);
  const figures: Figures = {};
  for (const name of FIGURE_NAMES) {
    const values = (sound.length > 0 ? sound : rounds).flatMap((round) => round.figures[name] ?? []);
    const middle = median(values);
    if (middle !== undefined) figures[name] = middle;
  }
  return {
    scenario,
    server,
    figures,
    notes: [...new Set(rounds.flatMap(({ notes }) => notes))],
    problems: [...new Set(rounds.flatMap(({ problems }) => problems))],
    rounds,
  };
}
