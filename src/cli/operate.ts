import { loadSettings } from '../config/load.ts';
import type { Settings } from '../config/settings.ts';
import type { Result } from '../domain/result.ts';
import { administer } from '../server/administration/administer.ts';
import type { Operation } from '../server/administration/operation.ts';
import { EXIT, sentence, type Io } from './io.ts';
import { ProgressLine } from './progress-line.ts';

/** The flags that say which data directory is meant, for `parseArgs`. */
export const DATA_FLAGS = {
  data: { type: 'string' },
  config: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** What those flags do, for the help. */
export const DATA_HELP = `  --data DIR        the data directory (default: ./data, or what the settings say)
  --config FILE     the settings file (default: partyline.toml here, if there is one)`;

/** What exit codes say, for the help. */
export const EXIT_HELP = 'Exit code: 0 when it was done, 1 when it was not, 2 when the command line is wrong.';

/** The settings with those flags; undefined, and told why, when they are wrong. */
export function settingsFor(
  io: Io,
  { data, config }: { readonly data?: string | undefined; readonly config?: string | undefined },
): Settings | undefined {
  const flags = data === undefined ? {} : { data };
  const loaded = loadSettings({ configFile: config, cwd: io.cwd, env: io.env, flags });
  if (loaded.ok) return loaded.settings;
  for (const problem of loaded.problems) io.stderr.write(`partyline: ${problem}\n`);
  return undefined;
}

/** Has an operation done, wherever that has to be, and shows how far it is; the problem is told of. */
export async function operate<Input, Output>(
  io: Io,
  settings: Settings,
  operation: Operation<Input, Output>,
  input: Input,
  { isNew = false }: { readonly isNew?: boolean } = {},
): Promise<Result<Output, number>> {
  const line = new ProgressLine(io);
  const outcome = await interruptible((signal) =>
    administer(settings, operation, input, { isNew, signal, report: (progress) => line.show(progress) }),
  );
  line.clear();
  return outcome.ok ? outcome : { ok: false, error: failed(io, outcome.error) };
}

/** Runs something that the first Ctrl-C asks to end, and the second ends. */
export async function interruptible<Value>(run: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
  const interrupted = new AbortController();
  const interrupt = (): void => interrupted.abort();
  process.once('SIGINT', interrupt);
  try {
    return await run(interrupted.signal);
  } finally {
    process.off('SIGINT', interrupt);
  }
}

/** Tells what did not work. */
export function failed(io: Io, problem: string): number {
  io.stderr.write(`partyline: ${sentence(problem)}\n`);
  return EXIT.failed;
}
