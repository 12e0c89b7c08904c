import { execFileSync } from 'node:child_process';
import type { TestContext } from 'node:test';
import { loginName, writeKeyPair, type ProgramLogin } from './program-login.ts';
import { newFolder, removeAfter } from './temporary-folder.ts';
import { TmuxTerminal } from './tmux.ts';

/**
 * WeeChat in a home of its own, connected to a server that it calls `party`, with that server's messages in front. Bars
 * and times are not shown, it takes and sends whatever is typed fast, and it comes back a second after it has lost the
 * server. Its exit code is shown last.
 */
export function startWeechat(t: TestContext, port: number, nick: string, login?: ProgramLogin): TmuxTerminal {
  const home = newFolder();
  const setUp = [
    '/set weechat.look.buffer_time_format ""',
    '/set weechat.look.read_marker none',
    '/set weechat.look.prefix_align none',
    '/set weechat.look.paste_max_lines -1',
    '/set irc.look.server_buffer independent',
    '/set irc.server_default.anti_flood_prio_high 0',
    '/set irc.server_default.anti_flood_prio_low 0',
    '/set irc.server_default.anti_flood 0',
    '/set irc.server_default.autoreconnect_delay 1',
    '/set irc.server_default.autoreconnect_delay_growing 1',
    '/bar hide nicklist',
    '/bar hide buflist',
    ...weechatServer('party', port, nick, login?.mechanism === 'EXTERNAL'),
    ...loginCommands(home, nick, login),
    '/connect party',
    '/buffer irc.server.party',
  ];
  const commands = setUp.map((command) => `-r '${command}'`).join(' ');
  const program = `HOME='${home}' LC_ALL=C.UTF-8 weechat --dir '${home}' ${commands}`;
  const command = `${program}; echo "exit code $?"; exec sleep 600`;
  const terminal = new TmuxTerminal(t, command, { columns: 120, rows: 60 });
  removeAfter(t, home);
  return terminal;
}

/** What is typed at WeeChat to tell it of a server whose certificate it does not check. */
export function weechatServer(name: string, port: number, nick: string, isTls: boolean): string[] {
  const tls = tlsName();
  const options = {
    [tls]: isTls ? 'on' : 'off',
    [`${tls}_verify`]: 'off',
    nicks: nick,
    username: nick,
    realname: `${nick} of WeeChat`,
  };
  return [`/server add ${name} 127.0.0.1/${port}`, ...serverOptions(name, options)];
}

function loginCommands(home: string, nick: string, login: ProgramLogin | undefined): string[] {
  if (login === undefined) return [];
  const isExternal = login.mechanism === 'EXTERNAL';
  const secret = isExternal
    ? { [`${tlsName()}_cert`]: writeKeyPair(home, login.certificate) }
    : { sasl_password: login.password };
  const sasl_username = loginName(nick, login);
  const options = { sasl_mechanism: login.mechanism.toLowerCase(), sasl_username, ...secret };
  return serverOptions('party', options);
}

function serverOptions(name: string, options: Readonly<Record<string, string>>): string[] {
  return Object.entries(options).map(([option, value]) => `/set irc.server.${name}.${option} "${value}"`);
}

/** Version 4 calls TLS by its name, and uses it unless told not to. */
function tlsName(): 'tls' | 'ssl' {
  return Number.parseInt(execFileSync('weechat', ['--version'], { encoding: 'utf8' }), 10) >= 4 ? 'tls' : 'ssl';
}

/** The lines of a screen of WeeChat between its title bar and its status bar, without empty ones. */
export function weechatLines(screen: string): string[] {
  const lines = screen.split('\n').map((line) => line.trimEnd());
  const statusBar = lines.findLastIndex((line) => /^\[\d\d:\d\d\]/.test(line));
  return lines.slice(1, statusBar).filter((line) => line !== '');
}
