import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askVersion, findProgram } from './find-program.ts';
import type { Server } from './server.ts';

const config = (port: number): string => `# No limits, no look-ups, loopback only.
[Global]
Name = bench.test
Info = bench
Listen = 127.0.0.1
Ports = ${port}
[Limits]
MaxConnections = 0
MaxConnectionsIP = 0
MaxJoins = 0
MaxPenaltyTime = 0
PingTimeout = 600
[Options]
DNS = no
Ident = no
PAM = no
`;

/** ngIRCd, an IRC server in C. */
export const ngircd: Server = {
  name: 'ngircd',
  summary: 'ngIRCd, an IRC server in C',
  protocols: ['irc'],
  greets: true,
  hasRooms: true,
  prepare() {
    const program = findProgram('ngircd');
    if (program === undefined) return { found: false, reason: 'it is not on the PATH' };
    return {
      found: true,
      version: askVersion(program),
      launch(port, folder) {
        const file = join(folder, 'ngircd.conf');
        writeFileSync(file, config(port));
        return { program, args: ['-n', '-f', file] };
      },
    };
  },
};
