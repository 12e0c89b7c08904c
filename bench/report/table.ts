import { FIGURES, showFigure } from '../figures.ts';
import type { LeftOut } from '../plan.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { limit } from '../servers/limit.ts';
import { layOut } from './layout.ts';
import type { Result } from './results.ts';

/** A table for each scenario, and below them what was left out. */
export function showResults(
  scenarios: readonly Scenario[],
  results: readonly Result[],
  leftOut: readonly LeftOut[],
): string {
  const tables = scenarios.flatMap((scenario) => {
    const rows = results.filter((result) => result.scenario === scenario.name);
    return rows.length === 0 ? [] : [`${scenario.name}: ${scenario.summary}\n${showScenario(scenario, rows)}`];
  });
  const gaps = leftOut.map(
    ({ server, scenario, reason }) =>
      `left out: ${server}${scenario === undefined ? '' : ` in ${scenario}`}: ${reason}\n`,
  );
  return [...tables, ...(gaps.length > 0 ? [gaps.join('')] : [])].join('\n');
}

function showScenario({ columns }: Scenario, rows: readonly Result[]): string {
  const base = rows.find(({ server }) => server === limit.name)?.figures.cpuMicrosPerDelivery;
  const hasRatio = base !== undefined && columns.includes('cpuMicrosPerDelivery');
  const headings = [
    { title: 'server', align: 'left' as const },
    ...columns.flatMap((name) => {
      const own = { title: FIGURES[name].title, align: 'right' as const };
      return hasRatio && name === 'cpuMicrosPerDelivery' ? [own, { title: 'x limit', align: 'right' as const }] : [own];
    }),
    { title: '', align: 'left' as const },
  ];
  const cells = rows.map(({ server, figures, notes, problems }) => [
    server,
    ...columns.flatMap((name) => {
      const own = showFigure(name, figures[name]);
      if (!hasRatio || name !== 'cpuMicrosPerDelivery') return [own];
      const micros = figures.cpuMicrosPerDelivery;
      return [own, micros === undefined ? '-' : (micros / base).toFixed(2)];
    }),
    [...notes, ...problems.map((problem) => `FAILED: ${problem.replaceAll('\n', ' | ')}`)].join('; '),
  ]);
  return layOut(headings, cells);
}
