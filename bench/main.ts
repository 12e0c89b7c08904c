// npm run bench: measures this server and others beside it, and shows a table. See --help.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Children } from './children.ts';
import { endOnSignals } from './end-on-signals.ts';
import { measure } from './measure.ts';
import { parseOptions, USAGE, type Options } from './options.ts';
import { chooseServers, plan } from './plan.ts';
import { makeDocument } from './report/document.ts';
import { Progress } from './report/progress.ts';
import { summarize, type Run } from './report/results.ts';
import { showResults } from './report/table.ts';
import { SCENARIOS } from './scenarios/table.ts';
import { SERVERS } from './servers/table.ts';

const asked = parseOptions(process.argv.slice(2));
switch (asked.kind) {
  case 'help':
    process.stdout.write(USAGE);
    break;
  case 'mistake':
    process.stderr.write(`bench: ${asked.text}\n(--help shows what there is)\n`);
    process.exitCode = 2;
    break;
  case 'run':
    process.exitCode = await run(asked.options);
    break;
}

/** Measures everything that was asked for; returns the exit code. */
async function run(options: Options): Promise<number> {
  const startedAt = new Date();
  const children = new Children();
  const folder = mkdtempSync(join(tmpdir(), 'partyline-bench-'));
  process.once('exit', () => {
    children.killAll();
    rmSync(folder, { recursive: true, force: true });
  });
  endOnSignals();

  const scenarios = SCENARIOS.filter(({ name }) => options.only.includes(name));
  const servers = SERVERS.filter(({ name }) => options.servers.includes(name));
  const chosen = chooseServers(servers, folder);
  const planned = plan(scenarios, chosen.candidates, options);
  const leftOut = [...chosen.leftOut, ...planned.leftOut];

  const progress = new Progress(process.stderr);
  const runs: Run[] = [];
  for (const [i, step] of planned.steps.entries()) {
    progress.start(`${i + 1}/${planned.steps.length} ${step.scenario.name} ${step.candidate.server.name}`);
    const onProgress = (text: string): void => progress.update(text);
    runs.push({ step, outcome: await measure(step, { children, folder, onProgress }) });
  }
  progress.end();

  const names = servers.map(({ name }) => name);
  const results = summarize(runs, names);
  process.stdout.write(showResults(scenarios, results, leftOut));
  if (options.jsonFile !== undefined) {
    const seconds = (Date.now() - startedAt.getTime()) / 1000;
    const document = makeDocument({ startedAt, seconds, options, candidates: chosen.candidates, results, leftOut });
    try {
      writeFileSync(options.jsonFile, `${JSON.stringify(document, null, 2)}\n`);
    } catch (fault) {
      process.stderr.write(`bench: ${fault instanceof Error ? fault.message : String(fault)}\n`);
      return 1;
    }
  }
  return runs.length > 0 && runs.every(({ outcome }) => outcome.problems.length === 0) ? 0 : 1;
}
