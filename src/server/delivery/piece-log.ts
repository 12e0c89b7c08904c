/** Bytes that somebody is to be sent whole. Shared by all who get them, and never changed. */
export interface Piece {
  readonly bytes: Buffer;
  /** 1 for what somebody said, 0 for anything else: it is counted when it has to be skipped. */
  readonly messages: number;
  /** The id of what was said, if it can be read later. */
  readonly keptId?: string | undefined;
  /** Whether it may wait a little for more to come, as who comes and goes in a large room may. */
  readonly isPatient?: boolean;
  /** Whether it answers the recipient's own request: it is never skipped. */
  readonly isAnswer?: boolean;
  /** The rest of a long answer, made piece by piece as the recipient takes it. All else waits behind it. */
  readonly rest?: Iterator<Buffer>;
}

interface Entry {
  readonly piece: Piece;
  /** Where the piece stands among all pieces of all logs. */
  readonly sequence: number;
  /** Bytes and messages of the log up to here, this piece included. */
  readonly bytes: number;
  readonly messages: number;
}

/**
 * Pieces in the order in which they are to be sent, and their bytes, joined once for all who get the same run of them.
 * A piece has a position, which it keeps when those before it are forgotten.
 */
export class PieceLog {
  #start = 0;
  #entries: Entry[] = [];
  #joined: Buffer | undefined;
  #joinedBytes = 0;
  #joinedEntries = 0;
  /** Whether nothing here needs to be sent at once. */
  isPatient = true;
  /** Whether there is something here that may not be skipped. */
  hasAnswers = false;
  /** Whether there is something here that does not end with its piece. */
  hasLongAnswers = false;

  /** The position of the first piece that is still here. */
  get start(): number {
    return this.#start;
  }

  /** The position behind the last piece. */
  get end(): number {
    return this.#start + this.#entries.length;
  }

  /** @param sequence the piece's number among all pieces of all logs, to bring several logs into one order. */
  push(piece: Piece, sequence: number): void {
    const last = this.#entries.at(-1);
    this.#entries.push({
      piece,
      sequence,
      bytes: (last?.bytes ?? 0) + piece.bytes.length,
      messages: (last?.messages ?? 0) + piece.messages,
    });
    if (piece.isPatient !== true) this.isPatient = false;
    if (piece.isAnswer === true) this.hasAnswers = true;
    if (piece.rest !== undefined) this.hasLongAnswers = true;
  }

  /** Forgets the pieces, once everybody has got them. */
  clear(): void {
    this.#start += this.#entries.length;
    this.#entries = [];
    this.#joined = undefined;
    this.#joinedBytes = 0;
    this.#joinedEntries = 0;
    this.isPatient = true;
    this.hasAnswers = false;
    this.hasLongAnswers = false;
  }

  pieceAt(position: number): Piece {
    return this.#entryAt(position).piece;
  }

  sequenceAt(position: number): number {
    return this.#entryAt(position).sequence;
  }

  bytesBetween(from: number, to: number): number {
    return this.#bytesUpTo(to) - this.#bytesUpTo(from);
  }

  messagesBetween(from: number, to: number): number {
    return this.#messagesUpTo(to) - this.#messagesUpTo(from);
  }

  /** The bytes of a run of pieces. Everybody who asks for the same run gets the same memory. */
  slice(from: number, to: number): Buffer {
    if (to - from === 1) return this.pieceAt(from).bytes;
    const joined = this.#join();
    const [start, end] = [this.#bytesUpTo(from), this.#bytesUpTo(to)];
    return start === 0 && end === joined.length ? joined : joined.subarray(start, end);
  }

  /** Copies the bytes of a run of pieces to some place. Gives how many there are. */
  copy(from: number, to: number, target: Buffer, at: number): number {
    if (to - from === 1) return this.pieceAt(from).bytes.copy(target, at);
    return this.#join().copy(target, at, this.#bytesUpTo(from), this.#bytesUpTo(to));
  }

  #entryAt(position: number): Entry {
    return this.#entries[position - this.#start]!;
  }

  #bytesUpTo(position: number): number {
    return position <= this.#start ? 0 : this.#entryAt(position - 1).bytes;
  }

  #messagesUpTo(position: number): number {
    return position <= this.#start ? 0 : this.#entryAt(position - 1).messages;
  }

  /** All the bytes. What was handed out stays as it was: more is written behind it, or into a larger buffer. */
  #join(): Buffer {
    const { bytes } = this.#entries.at(-1)!;
    let joined = this.#joined;
    if (joined === undefined || joined.length < bytes) {
      const larger = Buffer.allocUnsafeSlow(joined === undefined ? bytes : bytes * 2);
      if (joined !== undefined) larger.set(joined.subarray(0, this.#joinedBytes));
      this.#joined = joined = larger;
    }
    for (; this.#joinedEntries < this.#entries.length; this.#joinedEntries++) {
      const { bytes: more } = this.#entries[this.#joinedEntries]!.piece;
      joined.set(more, this.#joinedBytes);
      this.#joinedBytes += more.length;
    }
    return joined;
  }
}
