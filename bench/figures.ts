/** How a figure is headed and shown in the table. In the JSON it stands under its own name, which carries the unit. */
interface FigureStyle {
  readonly title: string;
  readonly decimals: number;
}

/** Every figure that a run can yield. */
export const FIGURES = {
  messages: { title: 'messages', decimals: 0 },
  deliveries: { title: 'deliveries', decimals: 0 },
  lostDeliveries: { title: 'lost', decimals: 0 },
  unexpectedDeliveries: { title: 'unexpected', decimals: 0 },
  wallSeconds: { title: 'seconds', decimals: 2 },
  serverCpuSeconds: { title: 'server CPU s', decimals: 2 },
  generatorCpuSeconds: { title: 'gen. CPU s', decimals: 2 },
  deliveriesPerCpuSecond: { title: 'deliveries/CPU s', decimals: 0 },
  cpuMicrosPerDelivery: { title: 'CPU us/delivery', decimals: 3 },
  deliveriesPerSecond: { title: 'deliveries/s', decimals: 0 },
  latencyP50Ms: { title: 'p50 ms', decimals: 2 },
  latencyP90Ms: { title: 'p90 ms', decimals: 2 },
  latencyP99Ms: { title: 'p99 ms', decimals: 2 },
  latencyMaxMs: { title: 'max ms', decimals: 2 },
  connections: { title: 'connections', decimals: 0 },
  memoryPerConnectionKib: { title: 'KiB/connection', decimals: 2 },
  memoryBeforeMib: { title: 'before MiB', decimals: 1 },
  memoryAfterMib: { title: 'after MiB', decimals: 1 },
  memoryGrowthMib: { title: 'growth MiB', decimals: 1 },
  cpuMicrosPerConnection: { title: 'CPU us/connection', decimals: 1 },
  servedP50Ms: { title: 'served p50 ms', decimals: 0 },
  servedMaxMs: { title: 'served max ms', decimals: 0 },
  servedSpreadMs: { title: 'first to last ms', decimals: 0 },
  sleeperDeliveries: { title: 'sleeper got', decimals: 0 },
  sleeperSkipped: { title: 'told skipped', decimals: 0 },
} as const satisfies Record<string, FigureStyle>;

export type FigureName = keyof typeof FIGURES;

/** One figure as the table shows it; a figure that the run did not yield is a dash. */
export function showFigure(name: FigureName, value: number | undefined): string {
  if (value === undefined) return '-';
  const { decimals } = FIGURES[name];
  return value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}
