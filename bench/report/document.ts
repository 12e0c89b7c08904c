import { arch, cpus, platform, release, totalmem } from 'node:os';
import type { Options } from '../options.ts';
import type { Candidate, LeftOut } from '../plan.ts';
import type { Result } from './results.ts';

interface Findings {
  readonly startedAt: Date;
  readonly seconds: number;
  readonly options: Options;
  readonly candidates: readonly Candidate[];
  readonly results: readonly Result[];
  readonly leftOut: readonly LeftOut[];
}

/** Everything that `--json` writes: enough to know, later and elsewhere, what was measured on what. */
export function makeDocument({ startedAt, seconds, options, candidates, results, leftOut }: Findings): object {
  return {
    date: startedAt.toISOString(),
    seconds,
    machine: {
      processor: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryMib: Math.round(totalmem() / 2 ** 20),
      system: `${platform()} ${release()} ${arch()}`,
    },
    versions: {
      node: process.version,
      servers: Object.fromEntries(candidates.map(({ server, prepared }) => [server.name, prepared.version])),
    },
    options,
    results,
    leftOut,
  };
}
