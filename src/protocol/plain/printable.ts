/** Anything that could move a cursor, ring a bell or turn text around; lone surrogates too. */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\p{Cs}/gu;
const ANY_UNPRINTABLE = new RegExp(UNPRINTABLE.source, 'u');

/** Text that is safe to show on any terminal: what is not a printable character becomes a visible sign. */
export function printable(text: string): string {
  return ANY_UNPRINTABLE.test(text) ? text.replace(UNPRINTABLE, visibleSign) : text;
}

function visibleSign(character: string): string {
  const code = character.charCodeAt(0);
  if (code === 0x09) return ' ';
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}
