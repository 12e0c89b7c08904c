import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian puts servers into folders that are not on everybody's PATH. */
const ALSO = ['/usr/sbin', '/usr/local/sbin'];

/** The full path of a program, or undefined if there is none. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...ALSO];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** The first line that a program prints when asked for its version. */
export function askVersion(program: string): string {
  const answer = spawnSync(program, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  return (answer.stdout || answer.stderr || 'version unknown').split('\n', 1)[0]?.trim() ?? '';
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
