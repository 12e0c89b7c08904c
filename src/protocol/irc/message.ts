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
  let rest = line;
  let tags = NO_TAGS;
  let source: string | undefined;
  if (rest.startsWith('@')) {
    const end = endOfWord(rest);
    tags = parseTags(rest.slice(1, end));
    rest = skipSpaces(rest, end);
  } else rest = skipSpaces(rest, 0);
  if (rest.startsWith(':')) {
    const end = endOfWord(rest);
    source = rest.slice(1, end);
    rest = skipSpaces(rest, end);
  }
  const end = endOfWord(rest);
  const command = rest.slice(0, end).toUpperCase();
  if (command === '') return undefined;
  return { tags, source, command, params: parseParams(skipSpaces(rest, end)) };
}

function parseParams(text: string): string[] {
  const params: string[] = [];
  let rest = text;
  while (rest !== '') {
    if (rest.startsWith(':')) {
      params.push(rest.slice(1));
      break;
    }
    const end = endOfWord(rest);
    params.push(rest.slice(0, end));
    rest = skipSpaces(rest, end);
  }
  return params;
}

function endOfWord(text: string): number {
  const space = text.indexOf(' ');
  return space === -1 ? text.length : space;
}

function skipSpaces(text: string, from: number): string {
  let start = from;
  while (text[start] === ' ') start++;
  return text.slice(start);
}
