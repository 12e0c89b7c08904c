import { isOverBytes } from '../../domain/text.ts';
import { escapeTagValue } from '../../protocol/irc/tags.ts';

/** A message on its way out: its tags as they stand between `@` and the space, and the rest without its line end. */
export interface OutgoingLine {
  readonly tags: readonly string[];
  readonly body: string;
  /** Its place in lines that are a batch by themselves, and go together. */
  readonly inBatch?: 'first' | 'within' | 'last';
}

/** RFC 2812 section 2.3: 512 bytes with the line end. Tags are counted apart (IRCv3 message-tags). */
export const MAX_BODY_BYTES = 510;

/** What no message can have in it (RFC 2812 section 2.3.1). */
const IMPOSSIBLE = /[\r\n\0]/;

/** The body of a message. The last parameter is written with a colon where it needs one. */
export function body(source: string | undefined, command: string, ...params: readonly string[]): string {
  let text = source === undefined ? command : `:${source} ${command}`;
  params.forEach((param, index) => {
    const isLast = index === params.length - 1;
    text += isLast && needsColon(param) ? ` :${param}` : ` ${param}`;
  });
  return text;
}

function needsColon(param: string): boolean {
  return param === '' || param.startsWith(':') || param.includes(' ') || IMPOSSIBLE.test(param);
}

export function tag(name: string, value: string): string {
  return value === '' ? name : `${name}=${escapeTagValue(value)}`;
}

/**
 * A message as it is sent. It is cut to what a message may have: a source and a nick come in front of what a client sent.
 * What somebody wrote that would end it early is a space.
 */
export function lineText({ tags, body: whole }: OutgoingLine): string {
  const text = cutText(whole, MAX_BODY_BYTES)[0] ?? '';
  const line = tags.length === 0 ? text : `@${tags.join(';')} ${text}`;
  return `${IMPOSSIBLE.test(line) ? line.replaceAll(/[\r\n\0]/g, ' ') : line}\r\n`;
}

/** Cuts a text at characters so that each piece is at most so many bytes of UTF-8. */
export function cutText(text: string, maxBytes: number): string[] {
  if (!isOverBytes(text, maxBytes)) return [text];
  const pieces: string[] = [];
  let piece = '';
  let bytes = 0;
  for (const character of text) {
    const size = Buffer.byteLength(character);
    if (bytes + size > maxBytes && piece !== '') {
      pieces.push(piece);
      piece = '';
      bytes = 0;
    }
    piece += character;
    bytes += size;
  }
  return [...pieces, piece];
}
