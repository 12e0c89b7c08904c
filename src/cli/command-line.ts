import { parseArgs, type ParseArgsConfig } from 'node:util';
import { nearest } from '../config/nearest.ts';
import { ok, refuse, type Result } from '../domain/result.ts';
import { EXIT, sentence, type Io } from './io.ts';

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<Known extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; allowPositionals: true; options: Known & typeof HELP_FLAG }>
>;

const HELP_FLAG = { help: { type: 'boolean', short: 'h' } } as const;

/** How the command line of a subcommand is read. */
export interface CommandLine<Known extends Options> {
  readonly command: string;
  readonly help: string;
  readonly options: Known;
  /** How many words it takes at most; any number if it is not given. */
  readonly maxWords?: number;
}

/**
 * Reads the flags and the words of a subcommand. Otherwise whoever typed them has been told what is wrong, or has been
 * shown the help that they asked for, and the process ends with the code that is given.
 */
export function readCommandLine<const Known extends Options>(
  io: Io,
  args: string[],
  { command, help, options, maxWords = Infinity }: CommandLine<Known>,
): Result<{ readonly flags: Parsed<Known>['values']; readonly words: readonly string[] }, number> {
  const known = { ...options, ...HELP_FLAG };
  try {
    const { values, positionals } = parseArgs<{
      args: string[];
      allowPositionals: true;
      options: Known & typeof HELP_FLAG;
    }>({ args, allowPositionals: true, options: known });
    if ('help' in values && values.help === true) {
      io.stdout.write(help);
      return refuse(EXIT.ok);
    }
    const extra = positionals[maxWords];
    if (extra !== undefined) return refuse(misused(io, command, `"${extra}" is one word too many`));
    return ok({ flags: values, words: positionals });
  } catch (error) {
    return refuse(misused(io, command, flagProblem(error, args, Object.keys(known))));
  }
}

/** What is wrong with the flags, in fewer words than `parseArgs` has. */
function flagProblem(error: unknown, args: readonly string[], known: readonly string[]): string {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    return sentence(error).split('\n')[0] ?? '';
  }
  const [, flag = ''] = /'(-[^'\s]*)'/.exec(error.message) ?? [];
  const given = args.find((arg) => arg.startsWith(flag))?.replace(/=.*/s, '') ?? flag;
  return `there is no option ${given}${didYouMean(given.replace(/^-+/, ''), known, '--')}`;
}

/** That there is no such verb or command, and which was probably meant. */
export function notThere(kind: string, name: string, names: readonly string[]): string {
  return `there is no ${kind} "${name}"${didYouMean(name, names)}`;
}

function didYouMean(name: string, names: readonly string[], prefix = ''): string {
  const meant = nearest(name, names);
  return meant === undefined ? '' : `; did you mean ${prefix}${meant}?`;
}

/** Tells what is wrong with the command line. */
export function misused(io: Io, command: string, problem: string): number {
  io.stderr.write(`partyline: ${sentence(problem)} "partyline ${command} --help" explains it.\n`);
  return EXIT.usage;
}
