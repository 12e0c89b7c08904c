import { printable } from '../protocol/plain/printable.ts';

/** Facts for people, each on lines of its own behind its name. What has no value is left out. */
export function facts(all: Readonly<Record<string, string | readonly string[] | undefined>>): string {
  const rows = Object.entries(all).flatMap(([name, value]) => {
    const values = value === undefined ? [] : typeof value === 'string' ? [value] : value;
    return values.map((text, at) => [at === 0 ? name : '', printable(text)] as const);
  });
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.map(([name, text]) => `${name.padEnd(width)}${text}\n`).join('');
}

/** A moment for people, to the minute, in UTC. @param ms milliseconds since 1970. */
export function minute(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
