/**
 * The line of a TOML document on which a key's value is set, counted from 1; where the key is inside an inline table, the
 * line of the table. The parser tells of values only, so this reads the document's outline once more.
 */
export function lineOfKey(document: string, path: readonly string[]): number | undefined {
  let table: readonly string[] = [];
  let best: { line: number; depth: number } | undefined;
  let closing: string | undefined;
  for (const [index, raw] of document.split('\n').entries()) {
    const line = raw.trim();
    if (closing !== undefined) {
      if (line.includes(closing)) closing = undefined;
      continue;
    }
    const header = /^\[+\s*([^\]]+?)\s*\]+/.exec(line);
    if (header !== null) {
      table = splitKey(header[1] ?? '');
      continue;
    }
    const assignment = /^((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=\s*(.*)$/.exec(line);
    if (assignment === null) continue;
    const [, key = '', value = ''] = assignment;
    const full = [...table, ...splitKey(key)];
    const isPrefix = full.length <= path.length && full.every((part, at) => part === path[at]);
    if (isPrefix && full.length > (best?.depth ?? 0)) best = { line: index + 1, depth: full.length };
    closing = openString(value);
  }
  return best?.line;
}

function splitKey(key: string): string[] {
  return [...key.matchAll(/[\w-]+|"([^"]*)"|'([^']*)'/g)].map(([word, double, single]) => double ?? single ?? word);
}

/** The mark that ends a string that goes on over the following lines. */
function openString(value: string): string | undefined {
  return ['"""', "'''"].find((mark) => value.startsWith(mark) && !value.slice(mark.length).includes(mark));
}
