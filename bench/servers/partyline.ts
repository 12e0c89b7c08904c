import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Server } from './server.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** This package, from its sources. */
export const partyline: Server = {
  name: 'partyline',
  summary: 'this server',
  protocols: ['line', 'irc'],
  greets: true,
  hasRooms: true,
  prepare() {
    if (!existsSync(join(root, 'src/cli/main.ts'))) return { found: false, reason: 'src/cli/main.ts is not there' };
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    const launcher = join(root, 'bin/partyline');
    return {
      found: true,
      version,
      launch: (port, folder) => ({
        program: process.execPath,
        args: [launcher, 'serve', '--host', '127.0.0.1', '--port', String(port), '--no-limits', '--data', folder],
      }),
    };
  },
};

/** Keeps nothing: what history costs is the difference. */
export const partylineOff = variant('off', 'this server without history', { PARTYLINE_HISTORY_ENABLED: 'false' });

/** Waits for the disk before anybody is told of anything. */
export const partylineDisk = variant('disk', 'this server with history.sync = "disk"', {
  PARTYLINE_HISTORY_SYNC: 'disk',
});

/** This package with other settings. */
function variant(name: string, summary: string, environment: Readonly<Record<string, string>>): Server {
  return {
    ...partyline,
    name: `partyline-${name}`,
    summary,
    isOnRequest: true,
    prepare(folder) {
      const prepared = partyline.prepare(folder);
      if (!prepared.found) return prepared;
      return { ...prepared, launch: (port, own) => ({ ...prepared.launch(port, own), environment }) };
    },
  };
}
