import type { Settings } from '../config/settings.ts';
import { misused, notThere, readCommandLine } from './command-line.ts';
import { EXIT, type Io } from './io.ts';
import { DATA_FLAGS, DATA_HELP, EXIT_HELP, settingsFor } from './operate.ts';

/** Flags that some verbs take besides those that all take. */
const VERB_FLAGS = { reason: { type: 'string' }, yes: { type: 'boolean' } } as const;
type VerbFlag = keyof typeof VERB_FLAGS;

const FLAG_HELP: Readonly<Record<VerbFlag, readonly [usage: string, summary: string]>> = {
  reason: ['--reason TEXT', 'why, for suspend: those who are put off are told'],
  yes: ['--yes', 'do it without asking, for what cannot be taken back'],
};

/** What a verb is called with. */
export interface VerbCall {
  readonly io: Io;
  readonly settings: Settings;
  readonly words: readonly string[];
  readonly flags: { readonly json?: boolean; readonly reason?: string; readonly yes?: boolean };
}

/** Something that a subcommand does. */
export interface Verb {
  readonly name: string;
  /** What its words are; those in brackets may be left out. */
  readonly words: readonly string[];
  readonly summary: string;
  readonly flags?: readonly VerbFlag[];
  readonly run: (call: VerbCall) => Promise<number>;
}

/** A subcommand with verbs, on a data directory that a server runs on or not. */
export interface VerbTable {
  readonly command: string;
  readonly about: string;
  readonly verbs: readonly Verb[];
}

/** Runs the verb that a command line begins with. */
export async function runVerb({ command, about, verbs }: VerbTable, args: string[], io: Io): Promise<number> {
  const line = readCommandLine(io, args, {
    command,
    help: helpText({ command, about, verbs }),
    options: { ...DATA_FLAGS, ...VERB_FLAGS },
  });
  if (!line.ok) return line.error;
  const { flags } = line.value;
  const [name, ...words] = line.value.words;
  const names = verbs.map((verb) => verb.name);
  if (name === undefined) return misused(io, command, `say what to do: ${names.join(', ')}`);
  const verb = verbs.find((candidate) => candidate.name === name);
  if (verb === undefined) return misused(io, command, notThere(command, name, names));
  const needed = verb.words.filter((word) => !word.startsWith('['));
  if (words.length < needed.length || words.length > verb.words.length) {
    return misused(io, command, `it is "partyline ${[command, name, ...verb.words].join(' ')}"`);
  }
  for (const flag of Object.keys(VERB_FLAGS) as VerbFlag[]) {
    if (flags[flag] !== undefined && verb.flags?.includes(flag) !== true) {
      return misused(io, command, `"${command} ${name}" takes no --${flag}`);
    }
  }
  const settings = settingsFor(io, flags);
  return settings === undefined ? EXIT.failed : verb.run({ io, settings, words, flags });
}

function helpText({ command, about, verbs }: VerbTable): string {
  const rows = verbs.map(({ name, words, summary }) => [[name, ...words].join(' '), summary] as const);
  const width = Math.max(...rows.map(([usage]) => usage.length)) + 2;
  const taken = new Set(verbs.flatMap(({ flags = [] }) => flags));
  return [
    `Usage: partyline ${command} VERB [WORDS] [OPTIONS]`,
    '',
    ...rows.map(([usage, summary]) => `  ${usage.padEnd(width)}${summary}`),
    '',
    about,
    '',
    'Works while a server runs on the data directory, which does it then, and while none does.',
    '',
    ...[...taken].map((flag) => `  ${FLAG_HELP[flag][0].padEnd(18)}${FLAG_HELP[flag][1]}`),
    DATA_HELP,
    '  --json            the outcome as JSON',
    '  --help            this text',
    '',
    EXIT_HELP,
    '',
  ].join('\n');
}
