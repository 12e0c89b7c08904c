import type { FigureName } from '../figures.ts';
import type { Server } from '../servers/server.ts';
import type { ProtocolName, Workload } from '../workload.ts';

/** One thing to measure: what is done to a server, and which figures tell how it went. */
export interface Scenario {
  readonly name: string;
  readonly summary: string;
  /** Only servers that speak it take part. */
  readonly protocol: ProtocolName;
  readonly full: Workload;
  /** For `--quick`: the same with smaller counts. */
  readonly quick: Workload;
  readonly columns: readonly FigureName[];
  /** Why a server cannot take part, or undefined if it can. */
  unfit?(server: Server): string | undefined;
}

/** The columns of a scenario about deliveries. */
export const DELIVERY_COLUMNS: readonly FigureName[] = [
  'deliveriesPerCpuSecond',
  'cpuMicrosPerDelivery',
  'latencyP50Ms',
  'latencyP90Ms',
  'latencyP99Ms',
  'latencyMaxMs',
  'deliveries',
  'lostDeliveries',
  'wallSeconds',
  'serverCpuSeconds',
  'generatorCpuSeconds',
];

/** The columns of a scenario about connections that say nothing. */
export const IDLE_COLUMNS: readonly FigureName[] = [
  'memoryPerConnectionKib',
  'memoryBeforeMib',
  'memoryAfterMib',
  'connections',
  'cpuMicrosPerConnection',
  'servedP50Ms',
  'servedMaxMs',
  'servedSpreadMs',
  'wallSeconds',
  'generatorCpuSeconds',
];
