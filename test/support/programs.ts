import { spawnSync } from 'node:child_process';

/** Why a test that drives these programs has to be skipped; false when they are all there. */
export function missing(...programs: readonly string[]): string | false {
  const absent = programs.filter((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0);
  return absent.length === 0
    ? false
    : `${absent.join(', ')} not installed (scripts/setup.mjs installs it on Debian as root)`;
}
