import { join } from 'node:path';
import type { Children } from './children.ts';
import { generate } from './generator-process.ts';
import type { Step } from './plan.ts';
import { startServer } from './server-process.ts';
import type { Outcome } from './workload.ts';

interface Measuring {
  readonly children: Children;
  /** Where the server of this step gets a folder of its own. */
  readonly folder: string;
  readonly onProgress: (text: string) => void;
}

/** Makes one measurement, with a fresh server and a fresh generator. What goes wrong is in the outcome's problems. */
export async function measure(
  { scenario, candidate, round, workload }: Step,
  { children, folder, onProgress }: Measuring,
): Promise<Outcome> {
  const { server, prepared } = candidate;
  const own = join(folder, `${scenario.name}-${server.name}-${round}`);
  try {
    const running = await startServer(children, own, (port, inFolder) => prepared.launch(port, inFolder));
    const { port, pid, child } = running;
    const { greets } = server;
    const { protocol } = scenario;
    const outcome = await generate(children, { port, pid, protocol, greets, workload }, onProgress);
    const hasDied = child.exitCode !== null || child.signalCode !== null;
    await children.stop(child);
    if (!hasDied) return outcome;
    return { ...outcome, problems: [...outcome.problems, `the server ended by itself\n${running.lastWords()}`.trim()] };
  } catch (fault) {
    return { figures: {}, notes: [], problems: [fault instanceof Error ? fault.message : String(fault)] };
  }
}
