/** Message tags: names with their values; a tag without a value has the empty one (IRCv3 message-tags). */
export type Tags = ReadonlyMap<string, string>;

export const NO_TAGS: Tags = new Map();

const AT = 0x40;
const SPACE = 0x20;
const SEMICOLON = 0x3b;

/** IRCv3 message-tags, "Escaping values". */
const ESCAPES: Readonly<Record<string, string>> = { ';': '\\:', ' ': '\\s', '\\': '\\\\', '\r': '\\r', '\n': '\\n' };
const UNESCAPES: Readonly<Record<string, string>> = { ':': ';', s: ' ', '\\': '\\', r: '\r', n: '\n' };

export function escapeTagValue(value: string): string {
  return /[; \\\r\n]/.test(value)
    ? value.replace(/[; \\\r\n]/g, (character) => ESCAPES[character] ?? character)
    : value;
}

/** An escape of nothing special is the character itself, and a lone backslash at the end is dropped. */
export function unescapeTagValue(value: string): string {
  return value.includes('\\')
    ? value.replace(/\\(.?)/gs, (_, escaped: string) => UNESCAPES[escaped] ?? escaped)
    : value;
}

/** Reads tags as they stand between `@` and the space. Of a name that comes twice the last one counts. */
export function parseTags(text: string): Tags {
  const tags = new Map<string, string>();
  for (const item of text.split(';')) {
    if (item === '') continue;
    const equals = item.indexOf('=');
    if (equals === -1) tags.set(item, '');
    else if (equals > 0) tags.set(item.slice(0, equals), unescapeTagValue(item.slice(equals + 1)));
  }
  return tags;
}

/** The value of one tag of a line of which only the start may be there: a tag that is cut off does not count. */
export function tagOf(line: Buffer, name: string): string | undefined {
  if (line[0] !== AT) return undefined;
  const space = line.indexOf(SPACE);
  const end = space === -1 ? line.lastIndexOf(SEMICOLON) : space;
  return parseTags(line.toString('utf8', 1, Math.max(1, end))).get(name);
}

/** Client-only tags begin with `+` and are passed on; all others are the servers' own. */
export function isClientTag(name: string): boolean {
  return name.startsWith('+');
}
