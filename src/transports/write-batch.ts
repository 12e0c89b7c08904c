import { SendRing } from './send-ring.ts';

/** Whoever writes to a socket, with whatever is left once as much as possible was written together with others. */
interface BatchedWriter {
  /** What the system has not taken, for whatever reason, is to be written in another way; undefined if it is nothing. */
  tried(rest: Buffer | undefined): void;
}

const NO_BYTES = Buffer.alloc(0);

/** Fewer than so many are written to sooner one by one. */
const FEW_WRITES = 3;
/** More bytes than this for one socket are rather not copied. */
const MAX_BYTES = 64 * 1024;

/** Small writes to many sockets, made with one system call (docs/decisions/0011-writes-leave-together.md). */
export class WriteBatch {
  readonly #ring: SendRing;
  #writers: BatchedWriter[] = [];
  /** What each of them writes, where that is bytes that stay as they are. */
  #bytes: (Buffer | undefined)[] = [];
  /** And where it stands in the memory of the ring. */
  #memories: Buffer[] = [];
  /** What was copied last, and where to: those who get the same share it. */
  #lastBytes: Buffer | undefined;
  #lastCopy: Buffer = NO_BYTES;

  constructor(ring: SendRing) {
    this.#ring = ring;
  }

  /** Notes a write, unless it is too large. The writer must not write more before it was tried. */
  add(writer: BatchedWriter, file: number, bytes: Buffer): boolean {
    if (!this.#makeRoomFor(bytes.length)) return false;
    if (bytes !== this.#lastBytes) {
      this.#lastBytes = bytes;
      this.#lastCopy = this.#ring.take(bytes.length);
      this.#lastCopy.set(bytes);
    }
    this.#note(writer, file, bytes, this.#lastCopy);
    return true;
  }

  /** The same, where the bytes are yet to be put into some memory. */
  addFilled(writer: BatchedWriter, file: number, length: number, fill: (memory: Buffer) => void): boolean {
    if (!this.#makeRoomFor(length)) return false;
    const memory = this.#ring.take(length);
    fill(memory);
    this.#note(writer, file, undefined, memory);
    return true;
  }

  #makeRoomFor(length: number): boolean {
    if (length > MAX_BYTES) return false;
    if (!this.#ring.hasRoomFor(length)) this.submit();
    return true;
  }

  #note(writer: BatchedWriter, file: number, bytes: Buffer | undefined, memory: Buffer): void {
    this.#ring.add(file, memory);
    this.#writers.push(writer);
    this.#bytes.push(bytes);
    this.#memories.push(memory);
  }

  /** Makes the writes that were noted, and tells each writer. */
  submit(): void {
    const [writers, allBytes, memories] = [this.#writers, this.#bytes, this.#memories];
    if (writers.length === 0) return;
    this.#writers = [];
    this.#bytes = [];
    this.#memories = [];
    this.#lastBytes = undefined;
    const taken = writers.length < FEW_WRITES ? undefined : this.#ring.submit();
    if (taken === undefined) this.#ring.forget();
    for (let index = 0; index < writers.length; index++) {
      const memory = memories[index]!;
      const count = taken?.[index] ?? -1;
      // The ring's memory is used anew.
      const rest = count === memory.length ? undefined : (allBytes[index] ?? Buffer.from(memory));
      writers[index]!.tried(rest?.subarray(Math.max(0, count)));
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
export function writeTogether<Value>(run: () => Value): Value {
  current = ready;
  try {
    return run();
  } finally {
    current = undefined;
    ready?.submit();
  }
}

/** What writes are noted in just now. */
export function currentBatch(): WriteBatch | undefined {
  return current;
}
