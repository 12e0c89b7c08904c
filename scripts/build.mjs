// Builds dist/, which the packed package runs from: declarations and JavaScript, from a clean start.
import { rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';

for (const folder of ['dist', '.cache/tsc']) rmSync(folder, { recursive: true, force: true });
const result = spawnSync('tsc', ['-b', 'src/cli'], { stdio: 'inherit', shell: process.platform === 'win32' });
process.exitCode = result.status === 0 ? 0 : 1;
