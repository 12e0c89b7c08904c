import { NO_TAGS, parseTags, type Tags } from './tags.ts';

/** An IRC message as it is on the wire (RFC 1459 section 2.3.1, Modern "Message format", IRCv3 message-tags). */
export interface IrcMessage {
  readonly tags: Tags;
  /** Without the colon; undefined when there is none. */
  readonly source: string | undefined;
  /** In upper case. */
  readonly command: string;
  readonly params: readonly string[];
}

/** Reads one line, without its end. Undefined when there is no command in it. */
export function parseIrcMessage(line: string): IrcMessage | undefined {
  let at = 0;
  let tags = NO_TAGS;
  let source: string | undefined;
  if (line.startsWith('@')) {
    at = endOfWord(line, 0);
    tags = parseTags(line.slice(1, at));
  }
  at = skipSpaces(line, at);
  if (line[at] === ':') {
    const start = at + 1;
    at = endOfWord(line, start);
    source = line.slice(start, at);
    at = skipSpaces(line, at);
  }
  const end = endOfWord(line, at);
  if (end === at) return undefined;
  return { tags, source, command: line.slice(at, end).toUpperCase(), params: parseParams(line, skipSpaces(line, end)) };
}

function parseParams(line: string, from: number): string[] {
  const params: string[] = [];
  let at = from;
  while (at < line.length) {
    if (line[at] === ':') {
      params.push(line.slice(at + 1));
      break;
    }
    const end = endOfWord(line, at);
    params.push(line.slice(at, end));
    at = skipSpaces(line, end);
  }
  return params;
}

function endOfWord(line: string, from: number): number {
  const space = line.indexOf(' ', from);
  return space === -1 ? line.length : space;
}

function skipSpaces(line: string, from: number): number {
  let at = from;
  while (line[at] === ' ') at++;
  return at;
}
