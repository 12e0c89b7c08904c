import { sampleFile, settingsPage, tomlValue } from '../../config/documents.ts';
import { loadSettings } from '../../config/load.ts';
import { settingList } from '../../config/settings.ts';
import { misused, notThere, readCommandLine } from '../command-line.ts';
import { EXIT, type Io } from '../io.ts';

const HELP = `Usage: partyline config VERB [OPTIONS]

  show      lists every setting, its value, and where that came from
  check     says whether the settings are right; lists every mistake if not
  sample    writes a settings file with every setting, commented out, to standard output
  docs      writes the documentation page of the settings to standard output

  --config FILE     the settings file (default: partyline.toml here, if there is one)
  --json            the outcome of show as JSON
  --help            this text

Exit code: 0 when all is well, 1 when the settings have a mistake, 2 when the command line is wrong.
`;

const VERBS = ['show', 'check', 'sample', 'docs'];
const FLAGS = { config: { type: 'string' }, json: { type: 'boolean' } } as const;

/** `partyline config` */
export async function run(args: string[], io: Io): Promise<number> {
  const line = readCommandLine(io, args, { command: 'config', help: HELP, options: FLAGS, maxWords: 1 });
  if (!line.ok) return line.error;
  const { flags, words } = line.value;
  const [what] = words;
  switch (what) {
    case 'sample':
      io.stdout.write(sampleFile());
      return EXIT.ok;
    case 'docs':
      io.stdout.write(settingsPage());
      return EXIT.ok;
    case 'show':
    case 'check':
      return showOrCheck(what, flags, io);
    case undefined:
      return misused(io, 'config', `say what to do: ${VERBS.join(', ')}`);
    default:
      return misused(io, 'config', notThere('config', what, VERBS));
  }
}

function showOrCheck(
  what: 'show' | 'check',
  flags: { readonly config?: string; readonly json?: boolean },
  io: Io,
): number {
  const loaded = loadSettings({ configFile: flags.config, cwd: io.cwd, env: io.env, flags: {} });
  if (!loaded.ok) {
    for (const problem of loaded.problems) io.stderr.write(`partyline: ${problem}\n`);
    return EXIT.failed;
  }
  const { settings, origins, file } = loaded;
  if (what === 'check') {
    io.stdout.write(`The settings are right (${file ?? 'no settings file; all built-in or from the environment'}).\n`);
    return EXIT.ok;
  }
  const rows = settingList.map(({ name }) => ({
    name,
    value: valueAt(settings, name),
    origin: origins.get(name) ?? '',
  }));
  if (flags.json === true) {
    io.stdout.write(`${JSON.stringify(rows, undefined, 2)}\n`);
    return EXIT.ok;
  }
  const texts = rows.map(({ name, value, origin }) => [`${name} = ${tomlValue(value)}`, origin] as const);
  const width = Math.max(...texts.map(([text]) => text.length));
  for (const [text, origin] of texts) io.stdout.write(`${text.padEnd(width)}  # ${origin}\n`);
  return EXIT.ok;
}

function valueAt(settings: object, name: string): unknown {
  return name.split('.').reduce<unknown>((place, key) => Reflect.get(Object(place), key), settings);
}
