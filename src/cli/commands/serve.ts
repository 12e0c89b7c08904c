import { mkdirSync } from 'node:fs';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { parseListenSpec, type ListenSpec } from '../../config/listen-spec.ts';
import { loadSettings, type Loaded } from '../../config/load.ts';
import type { Settings } from '../../config/settings.ts';
import { JournalOutput } from '../../server/journal-output.ts';
import { JsonJournal, TerminalJournal, type Journal } from '../../server/journal.ts';
import { controlPath } from '../../server/administration/control-protocol.ts';
import { ControlSocket } from '../../server/administration/control-socket.ts';
import { holdData, type HoldProblem } from '../../server/held-data.ts';
import { loadKeyPair } from '../../server/certificate.ts';
import { Server } from '../../server/server.ts';
import type { KeyPair } from '../../transports/tls.ts';
import { ListenFault, type BoundAddress } from '../../transports/listen.ts';
import { startBatching } from '../../transports/write-batch.ts';
import { readCommandLine } from '../command-line.ts';
import { EXIT, hasColours, sentence, type Io } from '../io.ts';
import { isLoopbackHost, joinLines, listenFaultText } from '../listen-text.ts';
import { keepYoungGenerationSmall } from '../young-generation.ts';

/** How long another command may have the data directory while we wait, in milliseconds. */
const LOCK_WAIT_MS = 2000;

const HELP = `Usage: partyline serve [OPTIONS]

Runs a chat server until it is told to stop (Ctrl-C, SIGTERM).

  --host HOST        address to listen on; as often as wanted (default: all, IPv4 and IPv6)
  --port PORT        port to listen on; as often as wanted (default: 8001; 0 lets the system pick)
  --listen SPEC      HOST:PORT, *:PORT, [IPV6]:PORT or unix:/PATH, with =plain or the like behind it to speak
                     only that; as often as wanted; instead of --host and --port
  --irc              listen on 6667 for IRC and on 6697 for TLS as well
  --data DIR         where state is kept (default: ./data)
  --tls-cert FILE    certificate for TLS, in PEM, reloaded on SIGHUP (default: a self-signed one in the data directory)
  --tls-key FILE     its private key
  --config FILE      settings file (default: partyline.toml here, if there is one)
  --log-format F     pretty, json, or auto: pretty on a terminal (default: auto)
  --log-level L      debug, info, warn, error or silent (default: info)
  --log-messages M   log what is said in rooms: always, never, or terminal: only on one (default: terminal)
  --no-limits        no flood control and no per-address limits, for tests and benchmarks; on loopback only
  --help             this text

Exit code: 0 when it was told to stop, 1 when it could not start, 2 when the command line is wrong.
`;

const FLAGS = {
  host: { type: 'string', multiple: true },
  port: { type: 'string', multiple: true },
  listen: { type: 'string', multiple: true },
  irc: { type: 'boolean' },
  data: { type: 'string' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  config: { type: 'string' },
  'log-format': { type: 'string' },
  'log-level': { type: 'string' },
  'log-messages': { type: 'string' },
  'no-limits': { type: 'boolean' },
} as const;

type Flags = {
  -readonly [Name in keyof typeof FLAGS]?: (typeof FLAGS)[Name] extends { readonly multiple: true }
    ? string[]
    : (typeof FLAGS)[Name]['type'] extends 'boolean'
      ? boolean
      : string;
};

/** The settings that flags stand for, by their names in the list of settings. */
function flagSettings(flags: Flags): Record<string, unknown> {
  const log = { format: flags['log-format'], level: flags['log-level'], messages: flags['log-messages'] };
  const listen = flags.listen ?? listenFlags(flags);
  return dropUndefined({
    listen,
    data: flags.data,
    limits: flags['no-limits'] === true ? { enabled: false } : undefined,
    tls: dropUndefined({ cert: flags['tls-cert'], key: flags['tls-key'] }),
    log: dropUndefined(log),
  });
}

/** Every host with every port, and the usual ports of IRC where they are wanted. */
function listenFlags({ host, port, irc }: Flags): string[] | undefined {
  if (host === undefined && port === undefined && irc === undefined) return undefined;
  const hosts = (host ?? ['*']).map((name) => (isIP(name) === 6 ? `[${name}]` : name));
  const ports = [...(port ?? ['8001']), ...(irc === true ? ['6667=irc', '6697=tls'] : [])];
  return hosts.flatMap((name) => (name.startsWith('unix:') ? [name] : ports.map((number) => `${name}:${number}`)));
}

function dropUndefined(value: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));
}

/** `partyline serve` */
export async function run(args: string[], io: Io): Promise<number> {
  const complain = (text: string, code: number): number => {
    io.stderr.write(`partyline: ${text}\n`);
    return code;
  };
  const line = readCommandLine(io, args, { command: 'serve', help: HELP, options: FLAGS, maxWords: 0 });
  if (!line.ok) return line.error;
  const { flags } = line.value;
  const badAddress = (flags.listen ?? listenFlags(flags) ?? []).find((text) => !parseListenSpec(text).ok);
  if (badAddress !== undefined) {
    const parsed = parseListenSpec(badAddress);
    return complain(`cannot listen on ${badAddress}: ${parsed.ok ? '' : parsed.problem}.`, EXIT.failed);
  }
  const loaded = loadSettings({ configFile: flags.config, cwd: io.cwd, env: io.env, flags: flagSettings(flags) });
  if (!loaded.ok) return complain(loaded.problems.join('\npartyline: '), EXIT.failed);
  const { settings } = loaded;
  const specs = listenSpecs(settings);
  const open = specs.find((spec) => spec.kind === 'tcp' && !isLoopbackHost(spec.host));
  if (!settings.limits.enabled && open !== undefined) {
    return complain(
      'without limits it listens on loopback only: add --host 127.0.0.1, or leave --no-limits out.',
      EXIT.failed,
    );
  }
  keepYoungGenerationSmall();
  try {
    mkdirSync(settings.data, { recursive: true });
  } catch (error) {
    return complain(`cannot use the data directory ${settings.data}: ${sentence(error)}`, EXIT.failed);
  }
  return serve(settings, specs, io, {
    settingsFile: loaded.file ?? 'none',
    load: () => loadSettings({ configFile: flags.config, cwd: io.cwd, env: io.env, flags: flagSettings(flags) }),
  });
}

/** Where the settings come from, for when they are read anew. */
interface SettingsSource {
  readonly settingsFile: string;
  readonly load: () => Loaded;
}

function listenSpecs(settings: Settings): ListenSpec[] {
  return settings.listen.map((text) => {
    const parsed = parseListenSpec(text);
    if (!parsed.ok) throw new TypeError(`settings hold an address that is none: ${text}`);
    return parsed.value;
  });
}

/** How long the last words of the journal may take, in milliseconds. */
const LAST_WORDS_MS = 1000;

function newJournal({ log }: Settings, io: Io): [Journal, JournalOutput] {
  const isPretty = log.format === 'pretty' || (log.format === 'auto' && io.stdout.isTTY);
  const tellsMessages = log.messages === 'always' || (log.messages === 'terminal' && io.stdout.isTTY);
  const output = new JournalOutput(io.stdout.fd, (lines) =>
    isPretty
      ? `(${lines} lines left out)\n`
      : `${JSON.stringify({ level: 40, time: Date.now(), lines, msg: 'left out' })}\n`,
  );
  const options = { write: (text: string) => output.write(text), level: log.level, tellsMessages };
  if (!isPretty) return [new JsonJournal(options), output];
  return [new TerminalJournal({ ...options, hasColours: hasColours(io.stdout, io.env) }), output];
}

async function serve(
  settings: Settings,
  specs: readonly ListenSpec[],
  io: Io,
  { settingsFile, load }: SettingsSource,
): Promise<number> {
  const [journal, output] = newJournal(settings, io);
  let keyPair: KeyPair | undefined;
  try {
    keyPair = loadKeyPair(settings);
  } catch (error) {
    io.stderr.write(`partyline: cannot read the certificate: ${sentence(error)}\n`);
    return EXIT.failed;
  }
  const held = holdData(settings, LOCK_WAIT_MS);
  if (!held.ok) {
    io.stderr.write(`partyline: ${holdProblemText(settings.data, held.error)}\n`);
    return EXIT.failed;
  }
  const { storage, release } = held.value;
  let server: Server;
  const rehash = (): readonly string[] => reload(server, load(), journal);
  try {
    server = new Server(settings, journal, { storage, keyPair, operation: { settingsFile, rehash } });
  } catch (error) {
    io.stderr.write(`partyline: cannot use the certificate ${settings.tls.cert}: ${sentence(error)}\n`);
    release();
    return EXIT.failed;
  }
  if (settings.io_uring) await batchWrites(journal);
  process.on('SIGHUP', rehash);
  const stopped = stopSignal();
  const bound: BoundAddress[] = [];
  for (const spec of specs) {
    try {
      bound.push(await server.listen(spec));
    } catch (fault) {
      if (!(fault instanceof ListenFault)) throw fault;
      io.stderr.write(`partyline: ${listenFaultText(fault)}\n`);
      await server.close('', 0);
      release();
      return EXIT.failed;
    }
  }
  const control = await openControl(settings, server, journal);
  if (journal instanceof TerminalJournal) journal.note(joinLines(bound, networkInterfaces()));
  else for (const address of bound) journal.note('listening', { ...address });
  const signal = await stopped;
  journal.note(`Closing (${signal}).`, { signal });
  control?.close();
  await server.close('the server is closing; come back soon', settings.shutdown.grace_ms);
  release();
  await output.flush(LAST_WORDS_MS);
  return EXIT.ok;
}

/** Without it, it is slower, which is no news for a person at a terminal. */
async function batchWrites(journal: Journal): Promise<void> {
  try {
    await startBatching();
  } catch (error) {
    if (!(journal instanceof TerminalJournal)) journal.note('io_uring is not used', { reason: sentence(error) });
  }
}

function holdProblemText(data: string, problem: HoldProblem): string {
  if (problem.kind === 'fault')
    return `cannot use the database in ${data} (${problem.fault.code}): ${problem.fault.message}.`;
  return `${data} is in use: another server is running on it. Stop it, or choose another data directory with --data.`;
}

/** Lets commands such as "partyline account" reach this server. It runs without that, too. */
async function openControl(settings: Settings, server: Server, journal: Journal): Promise<ControlSocket | undefined> {
  try {
    return await ControlSocket.open(controlPath(settings.data), server.office, journal);
  } catch (error) {
    journal.note(`Commands such as "partyline account" cannot reach this server: ${sentence(error)}`);
    return undefined;
  }
}

/** Takes over what may change while it runs. What is wrong is told of, and what was there before stays. */
function reload(server: Server, loaded: Loaded, journal: Journal): readonly string[] {
  if (!loaded.ok) {
    const problems = ['The settings were not reloaded:', ...loaded.problems];
    for (const problem of problems) journal.note(problem);
    return problems;
  }
  server.reload(loaded.settings);
  try {
    const keyPair = loadKeyPair(loaded.settings);
    if (keyPair !== undefined) server.replaceCertificate(keyPair);
  } catch (error) {
    const problem = `The certificate was not reloaded: ${sentence(error)}`;
    journal.note(problem);
    return [problem];
  }
  journal.note('Settings and certificate reloaded.');
  return [];
}

/** Settles when the process is told to stop. A second time means at once. */
function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let isStopping = false;
    const stop = (signal: NodeJS.Signals): void => {
      if (isStopping) process.exit(EXIT.failed);
      isStopping = true;
      resolve(signal);
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}
