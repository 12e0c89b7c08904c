import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { askVersion, findProgram } from './find-program.ts';
import type { Server } from './server.ts';

const source = fileURLToPath(new URL('../limit.c', import.meta.url));

/** The physical limit: the bare system calls, in C. Needs a C compiler. */
export const limit: Server = {
  name: 'limit',
  summary: 'the least a broadcast server can do, in C',
  protocols: ['line'],
  greets: false,
  hasRooms: false,
  prepare(folder) {
    if (process.platform !== 'linux') return { found: false, reason: 'it needs epoll, which only Linux has' };
    const compiler = findProgram('cc');
    if (compiler === undefined) return { found: false, reason: 'there is no C compiler (cc) on the PATH' };
    const program = join(folder, 'limit');
    const build = spawnSync(compiler, ['-O2', '-o', program, source], { encoding: 'utf8', timeout: 60_000 });
    if (build.status !== 0) return { found: false, reason: `cc failed: ${build.stderr.split('\n', 1)[0] ?? ''}` };
    return {
      found: true,
      version: askVersion(compiler),
      launch: (port) => ({ program, args: [String(port)] }),
    };
  },
};
