// The checks that need no server: format, types and direction (one project per layer), lint, dead code. All are run, so
// that one pass shows everything there is to mend; the exit code is 1 if any failed.
import { spawnSync } from 'node:child_process';

const CHECKS = [
  { name: 'format', command: ['oxfmt', '--check'] },
  { name: 'types and direction', command: ['tsc', '-b'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'dead code', command: ['knip'] },
];

let failed = 0;
for (const check of CHECKS) {
  const started = performance.now();
  const [program, ...args] = check.command;
  const result = spawnSync(program, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `${result.status === 0 ? 'ok    ' : 'FAILED'} ${check.name} (${check.command.join(' ')}) in ${seconds} s`,
  );
  if (result.status !== 0) failed++;
}
process.exitCode = failed === 0 ? 0 : 1;
