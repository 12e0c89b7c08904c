import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { loginName, writeKeyPair, type ProgramLogin } from './program-login.ts';
import { newFolder, removeAfter } from './temporary-folder.ts';
import { TmuxTerminal } from './tmux.ts';

/**
 * irssi in a home of its own, connected, with the window of its server's messages in front. No times are shown. It does
 * not hold back what is typed fast, and comes back a second after it has lost the server. Its exit code is shown last.
 */
export function startIrssi(t: TestContext, port: number, nick: string, login?: ProgramLogin): TmuxTerminal {
  const home = newFolder();
  writeFileSync(join(home, 'config'), config(port, nick, loginOptions(home, nick, login)));
  const command = `HOME='${home}' LC_ALL=C.UTF-8 irssi --home='${home}'; echo "exit code $?"; exec sleep 600`;
  const terminal = new TmuxTerminal(t, command, { columns: 120, rows: 60 });
  removeAfter(t, home);
  return terminal;
}

/** What is said of logging in: of the server, and of the network. */
type LoginOptions = readonly [server: Record<string, string>, network: Record<string, string>];

function loginOptions(home: string, nick: string, login: ProgramLogin | undefined): LoginOptions {
  if (login === undefined) return [{}, {}];
  const network = { sasl_mechanism: login.mechanism, sasl_username: loginName(nick, login) };
  if (login.mechanism !== 'EXTERNAL') return [{}, { ...network, sasl_password: login.password }];
  return [{ use_tls: 'yes', tls_verify: 'no', tls_cert: writeKeyPair(home, login.certificate) }, network];
}

function config(port: number, nick: string, [server, network]: LoginOptions): string {
  const written = (options: Record<string, string>): string =>
    Object.entries(options)
      .map(([option, value]) => `${option} = "${value}";`)
      .join(' ');
  return `
    servers = ( {
      address = "127.0.0.1"; port = "${port}"; chatnet = "party"; autoconnect = "yes"; ${written(server)}
    } );
    chatnets = { party = { type = "IRC"; nick = "${nick}"; cmdmax = "100"; cmdspeed = "1"; ${written(network)} }; };
    settings = {
      core = { nick = "${nick}"; user_name = "${nick}"; real_name = "${nick} of irssi"; server_reconnect_time = "1s"; };
      "fe-common/core" = { timestamps = "no"; };
    };
  `;
}

/** The lines of a screen of irssi between its topic bar and its status bar, without empty ones. */
export function irssiLines(screen: string): string[] {
  const lines = screen.split('\n').map((line) => line.trimEnd());
  const statusBar = lines.findLastIndex((line) => /^ \[\d\d:\d\d\]/.test(line));
  return lines.slice(1, statusBar).filter((line) => line !== '');
}
