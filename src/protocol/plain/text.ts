import { isUtf8 } from 'node:buffer';
import { printable } from './printable.ts';

/** Backspace, delete, and control-U: the keys that take back what was typed, from a terminal that sends every key. */
const ERASURES = /[\b\u007f\u0015]/;

/**
 * The text of a line that a plain client sent: decoded, with what was taken back taken out, and nothing in it that could
 * move a cursor. Undefined when the bytes are not UTF-8 (RFC 3629).
 */
export function decodeTyped(bytes: Buffer): string | undefined {
  if (!isUtf8(bytes)) return undefined;
  const text = bytes.toString('utf8');
  return printable(ERASURES.test(text) ? applyErasures(text) : text);
}

function applyErasures(text: string): string {
  let kept: string[] = [];
  for (const character of text) {
    if (character === '\b' || character === '\u007f') kept.pop();
    else if (character === '\u0015') kept = [];
    else kept.push(character);
  }
  return kept.join('');
}

/** mIRC and later formatting: bold, italics, underline, strikethrough, monospace, reverse, reset, colour, hex colour. */
const FORMATTING =
  /[\u0002\u000f\u0011\u0016\u001d\u001e\u001f]|\u0003(?:\d{1,2}(?:,\d{1,2})?)?|\u0004(?:[0-9a-fA-F]{6}(?:,[0-9a-fA-F]{6})?)?/g;

const ANY_FORMATTING = /[\u0002-\u0004\u000f\u0011\u0016\u001d-\u001f]/;

/** Somebody's text as a bare terminal may show it. */
export function showable(text: string): string {
  return printable(ANY_FORMATTING.test(text) ? text.replace(FORMATTING, '') : text);
}
