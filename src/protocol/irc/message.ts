import { NO_TAGS, parseTags, serializeTags, type Tags } from './tags.ts';

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

/**
 * Writes a message without its line end. The last parameter gets a colon when it needs one. Throws a `RangeError` where
 * the message could not be read back: a CR, LF or NUL in it, or an earlier parameter that is empty, has a space or
 * begins with a colon.
 */
export function serializeIrcMessage(message: IrcMessage): string {
  const { tags, source, command, params } = message;
  let text = tags.size === 0 ? '' : `@${serializeTags(tags)} `;
  if (source !== undefined) text += `:${source} `;
  text += command;
  params.forEach((param, index) => {
    const needsColon = param === '' || param.startsWith(':') || param.includes(' ');
    if (needsColon && index < params.length - 1) throw new RangeError(`parameter ${index} cannot be in the middle`);
    text += needsColon ? ` :${param}` : ` ${param}`;
  });
  if (/[\r\n\0]/.test(text)) throw new RangeError('a message cannot have a line end or NUL in it');
  return text;
}
