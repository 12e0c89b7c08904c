import { parseArgs } from 'node:util';
import { SCENARIOS } from './scenarios/table.ts';
import { SERVERS } from './servers/table.ts';

/** What the user asked for. */
export interface Options {
  readonly only: readonly string[];
  readonly servers: readonly string[];
  readonly isQuick: boolean;
  readonly repeat: number;
  readonly jsonFile: string | undefined;
}

export type Asked =
  | { readonly kind: 'run'; readonly options: Options }
  | { readonly kind: 'help' }
  | { readonly kind: 'mistake'; readonly text: string };

const MOST_REPEATS = 50;
const SCENARIO_NAMES = SCENARIOS.map((scenario) => scenario.name);
const SERVER_NAMES = SERVERS.map((server) => server.name);
const USUAL_SERVERS = SERVERS.filter((server) => server.isOnRequest !== true).map((server) => server.name);

export const USAGE = `usage: npm run bench -- [options]

Measures the server in a process of its own, beside other servers, on this machine.

  --only NAMES      only these scenarios: ${SCENARIO_NAMES.join(',')}
  --servers NAMES   only these servers: ${SERVER_NAMES.join(',')}
  --quick           smaller counts
  --repeat N        run everything N times and show the medians (1 to ${MOST_REPEATS})
  --json FILE       write machine, versions and all figures to a file
  --help            show this

Scenarios:
${SCENARIOS.map(({ name, summary }) => `  ${name.padEnd(16)}  ${summary}`).join('\n')}

Servers (those that are not found are left out):
${SERVERS.map(({ name, summary, isOnRequest }) => `  ${name.padEnd(16)}  ${summary}${isOnRequest === true ? '; only if it is named' : ''}`).join('\n')}

Exit codes: 0 all is well, 1 a delivery was lost or a server failed, 2 the command line was wrong.
`;

/** Reads a command line, without the program's own name. */
export function parseOptions(args: readonly string[]): Asked {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        only: { type: 'string' },
        servers: { type: 'string' },
        quick: { type: 'boolean', default: false },
        repeat: { type: 'string', default: '1' },
        json: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return { kind: 'help' };
    const repeat = /^\d+$/.test(values.repeat) ? Number(values.repeat) : 0;
    if (repeat < 1 || repeat > MOST_REPEATS) return mistake(`--repeat takes a number from 1 to ${MOST_REPEATS}`);
    if (values.json === '') return mistake('--json takes the name of a file');
    const only = readNames(values.only, SCENARIO_NAMES, SCENARIO_NAMES);
    if (typeof only === 'string') return mistake(`--only: ${only}`);
    const servers = readNames(values.servers, SERVER_NAMES, USUAL_SERVERS);
    if (typeof servers === 'string') return mistake(`--servers: ${servers}`);
    return { kind: 'run', options: { only, servers, isQuick: values.quick, repeat, jsonFile: values.json } };
  } catch (fault) {
    return mistake(fault instanceof Error ? fault.message : String(fault));
  }
}

const mistake = (text: string): Asked => ({ kind: 'mistake', text });

/** The names in a list, the usual ones without one, or what is wrong with it. */
function readNames(
  list: string | undefined,
  known: readonly string[],
  usual: readonly string[],
): readonly string[] | string {
  if (list === undefined) return usual;
  const names = list.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !known.includes(name));
  return unknown === undefined ? names : `there is no "${unknown}"; known are ${known.join(', ')}`;
}
