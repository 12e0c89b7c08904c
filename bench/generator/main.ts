// The generator: a process of its own, so that what it uses is not mistaken for the server's. It takes one order from
// the process that started it, reports what came of it, and ends. It ends as well when that process is gone.
import type { Order, Outcome, Report } from '../workload.ts';
import { PROTOCOLS } from './protocols.ts';
import { runIdle } from './run-idle.ts';
import { runJoin } from './run-join.ts';
import { runSleep, runTalk } from './run-talk.ts';

process.once('disconnect', () => process.exit(1));
process.once('message', (order: Order) => {
  void carryOut(order)
    .catch((fault: unknown): Outcome => ({ figures: {}, notes: [], problems: [describe(fault)] }))
    .then((outcome) => report({ kind: 'done', outcome }, () => process.exit(0)));
});

async function carryOut(order: Order): Promise<Outcome> {
  const { workload } = order;
  const protocol = PROTOCOLS[order.protocol];
  const onProgress = (text: string): void => report({ kind: 'progress', text });
  switch (workload.kind) {
    case 'talk':
      return runTalk({ order, workload, protocol, onProgress });
    case 'sleep':
      return runSleep({ order, workload, protocol, onProgress });
    case 'idle':
      return runIdle({ order, workload, protocol, onProgress });
    case 'join':
      return runJoin({ order, workload, protocol, onProgress });
  }
}

function report(content: Report, onSent?: () => void): void {
  process.send?.(content, undefined, undefined, () => onSent?.());
}

function describe(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
