import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Children } from './children.ts';
import type { Order, Outcome, Report } from './workload.ts';

const script = fileURLToPath(new URL('./generator/main.ts', import.meta.url));

/** No scenario takes this long; the generator has limits of its own that end it earlier and say why. */
const AT_MOST_MS = 240_000;

/** Lets a fresh generator process carry out one order. A generator that fails is an outcome with a problem. */
export function generate(children: Children, order: Order, onProgress: (text: string) => void): Promise<Outcome> {
  const child = children.add(fork(script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
  return new Promise<Outcome>((resolve) => {
    const fail = (problem: string): void => resolve({ figures: {}, notes: [], problems: [problem] });
    const timer = setTimeout(() => {
      fail(`the generator was not done after ${AT_MOST_MS / 1000} s`);
      void children.stop(child);
    }, AT_MOST_MS);
    child.on('message', (report: Report) => {
      if (report.kind === 'done') resolve(report.outcome);
      else onProgress(report.text);
    });
    child.once('error', (error) => fail(`the generator cannot be started: ${error.message}`));
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      fail(`the generator ended with ${signal ?? `code ${code}`}`);
    });
    child.send(order);
  });
}
