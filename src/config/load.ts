import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import { nearest } from './nearest.ts';
import { assemble, settingList, type Settings } from './settings.ts';
import { lineOfKey } from './toml-lines.ts';

/** The settings file that is read when none is named. */
export const DEFAULT_FILE = 'partyline.toml';

export interface Sources {
  /** A file that must be there; without one, `partyline.toml` in `cwd` is read if it is there. */
  readonly configFile?: string | undefined;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Values from the command line, in the shape of the settings, or as the text that was typed. */
  readonly flags: Readonly<Record<string, unknown>>;
}

export type Loaded =
  | {
      readonly ok: true;
      readonly settings: Settings;
      /** Where each setting's value came from, by its name. */
      readonly origins: ReadonlyMap<string, string>;
      readonly file: string | undefined;
    }
  | { readonly ok: false; readonly problems: readonly string[] };

/** A value on its way in: what it is for, and where it was written. */
interface Given {
  readonly name: string;
  readonly value: unknown;
  readonly origin: string;
  /** What begins the sentence when it is wrong: the place, and the name as it is written there. */
  readonly at: string;
}

const ENV_PREFIX = 'PARTYLINE_';
const ENV_FILE = 'PARTYLINE_CONFIG';
const byName = new Map(settingList.map((setting) => [setting.name, setting]));

/** The environment variable of a setting: `limits.line_bytes` is `PARTYLINE_LIMITS_LINE_BYTES`. */
export function environmentName(name: string): string {
  return ENV_PREFIX + name.replaceAll('.', '_').toUpperCase();
}

/** Reads all sources, later ones over earlier ones: built-in, file, environment, flags. Every mistake is collected. */
export function loadSettings(sources: Sources): Loaded {
  const problems: string[] = [];
  const values = new Map<string, unknown>(settingList.map(({ name, preset }) => [name, preset]));
  const origins = new Map(settingList.map(({ name }) => [name, 'built-in']));
  const file = findFile(sources);
  const given = [
    ...(file === undefined ? [] : fromFile(file, sources.cwd, problems)),
    ...fromEnvironment(sources.env, problems),
    ...flatten(sources.flags).map(([name, value]) => {
      return { name, value: fromText(value, name), origin: 'command line', at: `command line: ${name}` };
    }),
  ];
  for (const { name, value, origin, at } of given) {
    const setting = byName.get(name);
    if (setting === undefined) {
      problems.push(`${at} is not a setting${suggestion(name, [...byName.keys()])}.`);
      continue;
    }
    const checked = setting.type.safeParse(value);
    if (checked.success) {
      values.set(name, checked.data);
      origins.set(name, origin);
    } else problems.push(`${at} is ${JSON.stringify(value)}; it must be ${setting.allowed}.`);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, settings: assemble(values), origins, file };
}

function findFile({ configFile, env, cwd }: Sources): string | undefined {
  const named = configFile ?? env[ENV_FILE];
  if (named !== undefined) return named;
  return existsSync(resolve(cwd, DEFAULT_FILE)) ? DEFAULT_FILE : undefined;
}

function fromFile(file: string, cwd: string, problems: string[]): Given[] {
  let text: string;
  try {
    text = readFileSync(resolve(cwd, file), 'utf8');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    problems.push(isMissing ? `there is no settings file ${file}.` : `cannot read ${file}: ${String(error)}`);
    return [];
  }
  try {
    return flatten(parse(text)).map(([name, value]) => {
      const line = lineOfKey(text, name.split('.'));
      return { name, value, origin: file, at: `${file}${line === undefined ? '' : `:${line}`}: ${name}` };
    });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [what = ''] = error.message.replace(/^Invalid TOML document: /, '').split('\n');
    problems.push(`${file}:${error.line}:${error.column}: this is not TOML: ${what}.`);
    return [];
  }
}

function fromEnvironment(env: Sources['env'], problems: string[]): Given[] {
  const byVariable = new Map(settingList.map(({ name }) => [environmentName(name), name]));
  const given: Given[] = [];
  for (const [variable, value] of Object.entries(env)) {
    if (!variable.startsWith(ENV_PREFIX) || variable === ENV_FILE || value === undefined) continue;
    const name = byVariable.get(variable);
    if (name === undefined) {
      problems.push(`environment: ${variable} is not a setting${suggestion(variable, [...byVariable.keys()])}.`);
      continue;
    }
    given.push({ name, value: fromText(value, name), origin: variable, at: `environment: ${variable}` });
  }
  return given;
}

/** A table's leaves with their dotted names. A list is a leaf. */
function flatten(table: Readonly<Record<string, unknown>>, prefix = ''): [string, unknown][] {
  return Object.entries(table).flatMap(([key, value]): [string, unknown][] => {
    const isTable = typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
    if (isTable) return flatten(value as Record<string, unknown>, `${prefix}${key}.`);
    return [[prefix + key, value]];
  });
}

/** Text from the environment or the command line, read as what the setting is. What cannot be read stays as it is. */
function fromText(value: unknown, name: string): unknown {
  const preset = byName.get(name)?.preset;
  if (typeof value !== 'string') return value;
  if (typeof preset === 'number') return /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value;
  if (typeof preset === 'boolean') return value === 'true' ? true : value === 'false' ? false : value;
  return Array.isArray(preset) ? value.split(',').map((item) => item.trim()) : value;
}

function suggestion(name: string, names: readonly string[]): string {
  const meant = nearest(name, names);
  return meant === undefined ? '' : ` (did you mean ${meant}?)`;
}
