import { SendRing } from './send-ring.ts';

/** Whoever writes to a socket, with whatever is left once as much as possible was written together with others. */
interface BatchedWriter {
  /** How many of its bytes the system has taken; negative if none, for whatever reason. */
  tried(bytes: Buffer, taken: number): void;
}

/** Fewer than so many are written to sooner one by one. */
const FEW_WRITES = 3;
/** More bytes than this for one socket are rather not copied. */
const MAX_BYTES = 64 * 1024;

/** Small writes to many sockets, made with one system call (docs/decisions/0011-writes-leave-together.md). */
export class WriteBatch {
  readonly #ring: SendRing;
  #writers: BatchedWriter[] = [];
  /** What each of them writes. */
  #writes: Buffer[] = [];
  /** What was copied last, and where to: those who get the same share it. */
  #lastBytes: Buffer | undefined;
  #lastAt = 0;

  constructor(ring: SendRing) {
    this.#ring = ring;
  }

  /** Notes a write, unless it is too large. The writer must not write more before it was tried. */
  add(writer: BatchedWriter, file: number, bytes: Buffer): boolean {
    const { length } = bytes;
    if (length > MAX_BYTES) return false;
    if (!this.#ring.hasRoomFor(length)) this.submit();
    if (bytes !== this.#lastBytes) {
      this.#lastAt = this.#ring.copy(bytes);
      this.#lastBytes = bytes;
    }
    this.#ring.add(file, this.#lastAt, length);
    this.#writers.push(writer);
    this.#writes.push(bytes);
    return true;
  }

  /** Makes the writes that were noted, and tells each writer. */
  submit(): void {
    const [writers, writes] = [this.#writers, this.#writes];
    if (writers.length === 0) return;
    this.#writers = [];
    this.#writes = [];
    this.#lastBytes = undefined;
    if (writers.length < FEW_WRITES) {
      this.#ring.forget();
      for (const [index, writer] of writers.entries()) writer.tried(writes[index]!, -1);
    } else {
      const taken = this.#ring.submit();
      for (let index = 0; index < writers.length; index++) writers[index]!.tried(writes[index]!, taken[index]!);
    }
  }
}

let ready: WriteBatch | undefined;
let current: WriteBatch | undefined;

/** Has writes leave together from now on. Rejects, saying why, where that is not possible. */
export async function startBatching(): Promise<void> {
  ready ??= new WriteBatch(await SendRing.open());
}

/** What is written while this runs leaves together, where that is possible, before it returns. */
export function writeTogether(run: () => void): void {
  current = ready;
  try {
    run();
  } finally {
    current = undefined;
    ready?.submit();
  }
}

/** What writes are noted in just now. */
export function currentBatch(): WriteBatch | undefined {
  return current;
}
