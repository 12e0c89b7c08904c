import { body, lineText, tag, type OutgoingLine } from './line.ts';

/** Lines, or something that makes many of them as the client takes them. */
export type AnswerPart = OutgoingLine | Iterable<OutgoingLine>;

/** Characters that are sent at once of a longer answer; then the client has to take them first. */
const PIECE_CHARS = 64 * 1024;

export function* allLines(parts: readonly AnswerPart[]): Generator<OutgoingLine> {
  for (const part of parts) {
    if ('body' in part) yield part;
    else yield* part;
  }
}

/**
 * An answer with the client's label: on the one line of it, on a batch around several, or on ACK where there is none
 * (IRCv3 labeled-response).
 * @param nameBatch gives a batch a name of its own.
 */
export function* labelledLines(
  lines: Iterator<OutgoingLine>,
  {
    label,
    serverName,
    nameBatch,
  }: { readonly label: string; readonly serverName: string; readonly nameBatch: () => string },
): Generator<OutgoingLine> {
  const labelTag = tag('label', label);
  const inBatch = (reference: string, line: OutgoingLine): OutgoingLine => ({
    ...line,
    tags: [tag('batch', reference), ...line.tags],
  });
  const first = lines.next();
  if (first.done === true) return yield { tags: [labelTag], body: body(serverName, 'ACK') };
  let next = lines.next();
  if (next.done === true) return yield { ...first.value, tags: [labelTag, ...first.value.tags] };
  const reference = nameBatch();
  yield { tags: [labelTag], body: body(serverName, 'BATCH', `+${reference}`, 'labeled-response') };
  yield inBatch(reference, first.value);
  for (; next.done !== true; next = lines.next()) yield inBatch(reference, next.value);
  return yield { tags: [], body: body(serverName, 'BATCH', `-${reference}`) };
}

/** The bytes of lines in pieces of a size that may be sent at once. */
export function* inPieces(lines: Iterable<OutgoingLine>): Generator<Buffer, undefined> {
  let text = '';
  for (const line of lines) {
    if (text.length >= PIECE_CHARS) {
      yield Buffer.from(text);
      text = '';
    }
    text += lineText(line);
  }
  if (text !== '') yield Buffer.from(text);
  return undefined;
}

/** Whether a piece may be followed by another. */
export function mayGoOn(piece: Buffer): boolean {
  return piece.length >= PIECE_CHARS;
}
