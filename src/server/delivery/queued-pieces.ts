/** Bytes that somebody is to be sent whole. Shared by all who get them, and never changed. */
export interface Piece {
  readonly bytes: Buffer;
  /** 1 for what somebody said, 0 for anything else: it is counted when it has to be skipped. */
  readonly messages: number;
  /** Whether it may wait a little for more to come, as who comes and goes in a large room may. */
  readonly isPatient?: boolean;
}

/**
 * The pieces that a recipient is sent in one write, as a node of a trie: the way from the root to the node. All
 * recipients with the same pieces stand on the same node, so the pieces are joined once for all of them. A recipient
 * moves on by `plus`, which for all but the first of a kind is one comparison.
 */
export class QueuedPieces {
  readonly #before: QueuedPieces | undefined;
  readonly #piece: Piece | undefined;
  /** Bytes up to here that are sent. */
  readonly bytes: number;
  /** Messages up to here that are sent. */
  readonly messages: number;
  /** Messages up to here that are left out. */
  readonly skippedMessages: number;
  /** Whether all of it may wait. */
  readonly isPatient: boolean;
  readonly #maxBytes: number;
  /** Whether something had to be left out, and with it all that follows. */
  readonly #isFull: boolean;
  #lastPiece: Piece | undefined;
  #lastNext: QueuedPieces | undefined;
  #joined: Buffer | undefined;

  private constructor(before: QueuedPieces | undefined, piece: Piece | undefined, maxBytes: number) {
    const bytes = (before?.bytes ?? 0) + (piece?.bytes.length ?? 0);
    this.isPatient = piece === undefined || (before?.isPatient === true && piece.isPatient === true);
    this.#maxBytes = maxBytes;
    this.#before = before;
    this.#isFull = before !== undefined && (before.#isFull || (bytes > maxBytes && before.bytes > 0));
    this.#piece = this.#isFull ? undefined : piece;
    this.bytes = this.#isFull ? (before?.bytes ?? 0) : bytes;
    this.messages = (before?.messages ?? 0) + (this.#isFull ? 0 : (piece?.messages ?? 0));
    this.skippedMessages = (before?.skippedMessages ?? 0) + (this.#isFull ? (piece?.messages ?? 0) : 0);
  }

  /** The start of a turn. @param maxBytes what one recipient may be sent in one turn, in bytes. */
  static none(maxBytes: number): QueuedPieces {
    return new QueuedPieces(undefined, undefined, maxBytes);
  }

  /** These pieces and one more. */
  plus(piece: Piece): QueuedPieces {
    if (this.#lastPiece === piece) return this.#lastNext!;
    const next = new QueuedPieces(this, piece, this.#maxBytes);
    this.#lastPiece = piece;
    this.#lastNext = next;
    return next;
  }

  /** All the bytes in one buffer, made once. */
  join(): Buffer {
    this.#joined ??= QueuedPieces.#copyTogether(this);
    return this.#joined;
  }

  static #copyTogether(last: QueuedPieces): Buffer {
    if (last.#piece !== undefined && last.bytes === last.#piece.bytes.length) return last.#piece.bytes;
    const all = Buffer.allocUnsafeSlow(last.bytes);
    let end = last.bytes;
    for (let node: QueuedPieces | undefined = last; node !== undefined; node = node.#before) {
      if (node.#piece === undefined) continue;
      end -= node.#piece.bytes.length;
      all.set(node.#piece.bytes, end);
    }
    return all;
  }
}
