import { cutText } from './line.ts';

/** A line of a text; one that goes on from the line before it is no line of its own but to clients. */
export interface MessageLine {
  readonly text: string;
  readonly goesOn: boolean;
}

/**
 * A text in lines of so many bytes at most: where its author ended lines, and where the author's client cut them, which
 * knows best (IRCv3 multiline: "Servers SHOULD maintain the line composition sent by the client").
 */
export function messageLines(text: string, cuts: readonly number[], maxBytes: number): MessageLine[] {
  if (cuts.length === 0 && !text.includes('\n')) return piecesOf(text, false, maxBytes);
  const lines: MessageLine[] = [];
  let start = 0;
  let goesOn = false;
  const take = (end: number): void => void lines.push(...piecesOf(text.slice(start, end), goesOn, maxBytes));
  const breaks = new Set(cuts);
  for (let at = 0; at < text.length; at++) {
    const isCut = breaks.has(at);
    if (!isCut && text[at] !== '\n') continue;
    take(at);
    goesOn = isCut;
    start = isCut ? at : at + 1;
    // A cut may be followed by a line end at once.
    if (isCut && text[at] === '\n') {
      take(at);
      goesOn = false;
      start = at + 1;
    }
  }
  take(text.length);
  return lines;
}

function piecesOf(text: string, goesOn: boolean, maxBytes: number): MessageLine[] {
  return wrapText(text, maxBytes).map((piece, index) => ({ text: piece, goesOn: goesOn || index > 0 }));
}

/** The longest word that is not torn, in characters. */
const MAX_WHOLE_WORD = 80;

/** Cuts a text into pieces of so many bytes at most, behind a space where there is one; nothing of it goes. */
function wrapText(text: string, maxBytes: number): string[] {
  if (text.length * 3 <= maxBytes) return [text];
  const pieces: string[] = [];
  for (let rest = text; ;) {
    // No character is less than a byte.
    const [most = ''] = cutText(rest.slice(0, maxBytes), maxBytes);
    if (most.length === rest.length) return [...pieces, rest];
    const space = most.lastIndexOf(' ');
    const piece = space > most.length - MAX_WHOLE_WORD ? most.slice(0, space + 1) : most;
    pieces.push(piece);
    rest = rest.slice(piece.length);
  }
}
