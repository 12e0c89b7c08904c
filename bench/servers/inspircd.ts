import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askVersion, findProgram } from './find-program.ts';
import type { Server } from './server.ts';

/** What it takes for it to know the capabilities that scenarios ask for. */
const MODULES = ['cap', 'ircv3_ctctags', 'ircv3_echomessage', 'ircv3_msgid', 'ircv3_servertime'];

const config = (port: number): string => `<config format="xml">
<server name="bench.test" description="bench" network="Bench" id="001">
<admin name="bench" nick="bench" email="bench@example.org">
<bind address="127.0.0.1" port="${port}" type="clients">
<connect allow="*" name="main" timeout="60" pingfreq="600" hardsendq="100M" softsendq="8M" recvq="64K"
  threshold="100000000" commandrate="100000000" fakelag="no" localmax="20000" globalmax="20000" maxchans="20"
  limit="20000" modes="" resolvehostnames="no" useident="no" uniqueusername="no">
<dns server="127.0.0.1" timeout="1">
<options prefixquit="" suffixquit="" defaultmodes="n">
<performance netbuffersize="10240" somaxconn="4096" softlimit="20000" quietbursts="yes" nouserdns="yes">
<limits maxnick="32">
${MODULES.map((name) => `<module name="${name}">`).join('\n')}
`;

/** InspIRCd, an IRC server in C++. */
export const inspircd: Server = {
  name: 'inspircd',
  summary: 'InspIRCd, an IRC server in C++',
  protocols: ['irc'],
  greets: true,
  hasRooms: true,
  prepare() {
    const program = findProgram('inspircd');
    if (program === undefined) return { found: false, reason: 'it is not on the PATH' };
    return {
      found: true,
      version: askVersion(program),
      launch(port, folder) {
        const file = join(folder, 'inspircd.conf');
        writeFileSync(file, config(port));
        const asRoot = process.getuid?.() === 0 ? ['--runasroot'] : [];
        return { program, args: ['--nofork', ...asRoot, `--config=${file}`] };
      },
    };
  },
};
