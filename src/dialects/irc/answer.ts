import { body, lineText, tag, type OutgoingLine } from './line.ts';

/** Lines that belong together (IRCv3 batch), for a client that knows batches. */
export interface Batch {
  readonly type: string;
  readonly params: readonly string[];
  readonly lines: Iterable<OutgoingLine>;
  /** On the line that begins it. */
  readonly tags: readonly string[];
}

/** Lines, or something that makes many of them as the client takes them. */
export type AnswerPart = OutgoingLine | Iterable<OutgoingLine> | Batch;

/** How batches get their names, and whose they are. */
export interface BatchNames {
  readonly serverName: string;
  /** Gives a batch a name of its own. */
  readonly nameBatch: () => string;
}

/** Characters that are sent at once of a longer answer; then the client has to take them first. */
const PIECE_CHARS = 64 * 1024;
/** Lines that are made at once of a longer answer; then others have their turn first. */
const PIECE_LINES = 64;

/** A line, a batch, or the lines of what is a batch by itself. */
type Item = OutgoingLine | Batch | readonly OutgoingLine[];

function* itemsOf(parts: readonly AnswerPart[]): Generator<Item> {
  let together: OutgoingLine[] = [];
  for (const item of flat(parts)) {
    if ('type' in item || item.inBatch === undefined) yield item;
    else {
      together.push(item);
      if (item.inBatch === 'last') {
        yield together;
        together = [];
      }
    }
  }
}

function* flat(parts: readonly AnswerPart[]): Generator<OutgoingLine | Batch> {
  for (const part of parts) {
    if ('body' in part || 'type' in part) yield part;
    else yield* part;
  }
}

/** An answer as it is sent to a client that has given it no label. */
export function* allLines(parts: readonly AnswerPart[], names: BatchNames): Generator<OutgoingLine> {
  for (const item of itemsOf(parts)) {
    if ('type' in item) yield* batchLines(item, [], names);
    else if ('body' in item) yield item;
    else yield* item;
  }
}

/**
 * An answer with the client's label: on the one line or batch of it, on a batch around several, or on ACK where there is
 * nothing (IRCv3 labeled-response).
 */
export function* labelledLines(
  parts: readonly AnswerPart[],
  label: string,
  names: BatchNames,
): Generator<OutgoingLine> {
  const labelTag = tag('label', label);
  const items = itemsOf(parts);
  const first = items.next();
  if (first.done === true) return yield { tags: [labelTag], body: body(names.serverName, 'ACK') };
  let next = items.next();
  if (next.done === true) return yield* withTag(first.value, labelTag, names);
  const { serverName, nameBatch } = names;
  const reference = nameBatch();
  const inBatch = tag('batch', reference);
  yield { tags: [labelTag], body: body(serverName, 'BATCH', `+${reference}`, 'labeled-response') };
  yield* withTag(first.value, inBatch, names);
  for (; next.done !== true; next = items.next()) yield* withTag(next.value, inBatch, names);
  return yield { tags: [], body: body(serverName, 'BATCH', `-${reference}`) };
}

/** A line with one tag more, or a batch whose ends have it; what is in the batch has the batch's own. */
function* withTag(item: Item, extra: string, names: BatchNames): Generator<OutgoingLine> {
  if ('type' in item) yield* batchLines(item, [extra], names);
  else if ('body' in item) yield { ...item, tags: [extra, ...item.tags] };
  else for (const line of item) yield tagged(line, extra);
}

/** A line of a batch has the tag of that one alone; what begins and ends it may be in another. A label is on the beginning. */
function tagged(line: OutgoingLine, extra: string): OutgoingLine {
  const isLeft = line.inBatch === 'within' || (line.inBatch === 'last' && !extra.startsWith('batch='));
  return isLeft ? line : { ...line, tags: [extra, ...line.tags] };
}

function* batchLines(
  { type, params, lines, tags: own }: Batch,
  tags: readonly string[],
  { serverName, nameBatch }: BatchNames,
): Generator<OutgoingLine> {
  const reference = nameBatch();
  const inBatch = tag('batch', reference);
  yield { tags: [...tags, ...own], body: body(serverName, 'BATCH', `+${reference}`, type, ...params) };
  for (const line of lines) yield tagged(line, inBatch);
  // A label is on the beginning alone.
  yield { tags: tags.filter((text) => text.startsWith('batch=')), body: body(serverName, 'BATCH', `-${reference}`) };
}

/** The bytes of the next lines of an answer, as many as may be made and sent at once. */
export function nextPiece(lines: Iterator<OutgoingLine>): { readonly bytes: Buffer; readonly isLast: boolean } {
  let text = '';
  for (let made = 0; made < PIECE_LINES && text.length < PIECE_CHARS; made++) {
    const { value: line, done } = lines.next();
    if (done === true) return { bytes: Buffer.from(text), isLast: true };
    text += lineText(line);
  }
  return { bytes: Buffer.from(text), isLast: false };
}

/** What is left of an answer, in such pieces. */
export function* remainingPieces(lines: Iterator<OutgoingLine>): Generator<Buffer, undefined> {
  for (;;) {
    const { bytes, isLast } = nextPiece(lines);
    if (bytes.length > 0) yield bytes;
    if (isLast) return undefined;
  }
}
