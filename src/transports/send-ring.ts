import { closeSync } from 'node:fs';

/*
 * The kernel's side of io_uring: numbers of system calls, and the layout of what it shares (io_uring_setup(2),
 * io_uring_enter(2), linux/io_uring.h). They are the same on every 64-bit architecture that Node runs on.
 */
const SETUP = 425;
const ENTER = 426;
const ENTER_GETEVENTS = 1;
const OP_SEND = 26;
/** IORING_FEAT_LINKED_FILE, of Linux 5.18: by then a send that would have to wait fails instead, when it is told to. */
const NEEDED_FEATURE = 1 << 12;
/** Fields of struct io_uring_params, in 32-bit words. */
const PARAMS = {
  words: 30,
  sqEntries: 0,
  cqEntries: 1,
  features: 5,
  sqTail: 11,
  sqArray: 16,
  cqHead: 20,
  cqTail: 21,
  cqes: 25,
};
const OFFSET = { sqRing: 0, cqRing: 0x800_0000, sqes: 0x1000_0000 };
const SQE_WORDS = 16;
const SQE = { opcode: 0, fd: 1, address: 4, length: 6, flags: 7, userData: 8 };
const CQE_WORDS = 4;
const CQE = { userData: 0, result: 2 };
/** MSG_DONTWAIT and MSG_NOSIGNAL. */
const SEND_FLAGS = 0x40 | 0x4000;

/** PROT_READ and PROT_WRITE. */
const READ_WRITE = 3;
/** MAP_SHARED and MAP_POPULATE. */
const SHARED = 0x8001;
/** MAP_PRIVATE and MAP_ANONYMOUS. */
const PRIVATE = 0x22;

const WORD_BYTES = 4;
const WORD_VALUES = 2 ** 32;

/** How many may be sent to with one system call. */
const ENTRIES = 1024;
/** What may be sent with one system call, in bytes. */
const MEMORY_BYTES = 1024 * 1024;

/** The functions of the C library that are needed here. */
interface Native {
  /** Gives the file descriptor of the ring, or a negative number. */
  setup(entries: number, params: Buffer): number;
  /** Gives how many entries were looked at, or a negative number. */
  enter(ring: number, count: number, wanted: number, flags: number): number;
  map(bytes: number, protection: number, flags: number, file: number, offset: number): bigint;
  memoryAt(address: bigint, bytes: number): ArrayBuffer;
}

async function loadNative(): Promise<Native> {
  const { default: koffi } = await import('koffi');
  const library = koffi.load(null);
  const setup = library.func('long syscall(long, uint, _Inout_ uint8_t *)');
  const mmap = library.func('void *mmap(void *, size_t, int, int, int, long)');
  const enter = library.func('long syscall(long, uint, uint, uint, uint, size_t, size_t)');
  return {
    setup: (entries, params) => Number(setup(SETUP, entries, params)),
    enter: (ring, count, wanted, flags) => Number(enter(ENTER, ring, count, wanted, flags, 0, 0)),
    map(bytes, protection, flags, file, offset) {
      const address = BigInt.asIntN(64, mmap(null, bytes, protection, flags, file, offset) as bigint);
      if (address === -1n) throw new Error(`no memory to share with the kernel (error ${koffi.errno()})`);
      return address;
    },
    memoryAt: (address, bytes) => koffi.view(address, bytes),
  };
}

/**
 * Sends to many sockets with one system call (Linux's io_uring), never waiting for any of them. What is to be sent is
 * put into memory of the ring's own, so that the kernel is never pointed at memory that goes away.
 */
export class SendRing {
  readonly #native: Native;
  readonly #ring: number;
  readonly #memory: Buffer;
  /** Where the memory is: the low and the high half of its address. */
  readonly #addressLow: number;
  readonly #addressHigh: number;
  #used = 0;
  readonly #sq: Uint32Array;
  readonly #sqTail: number;
  readonly #sqes: Uint32Array;
  readonly #cq: Int32Array;
  readonly #cqHead: number;
  readonly #cqTail: number;
  readonly #cqes: number;
  readonly #cqMask: number;
  /** The number of the first entry of this batch among all that there ever were, modulo 2^32. */
  #first = 0;
  #count = 0;
  readonly #results = new Int32Array(ENTRIES);

  private constructor(native: Native, ring: number, params: Uint32Array) {
    const field = (name: keyof typeof PARAMS): number => params[PARAMS[name]]!;
    const shared = (bytes: number, offset: number): ArrayBuffer =>
      native.memoryAt(native.map(bytes, READ_WRITE, SHARED, ring, offset), bytes);
    this.#native = native;
    this.#ring = ring;
    this.#sq = new Uint32Array(shared(field('sqArray') + ENTRIES * WORD_BYTES, OFFSET.sqRing));
    this.#sqTail = field('sqTail') / WORD_BYTES;
    this.#cqMask = field('cqEntries') - 1;
    this.#cq = new Int32Array(shared(field('cqes') + field('cqEntries') * CQE_WORDS * WORD_BYTES, OFFSET.cqRing));
    this.#cqHead = field('cqHead') / WORD_BYTES;
    this.#cqTail = field('cqTail') / WORD_BYTES;
    this.#cqes = field('cqes') / WORD_BYTES;
    this.#sqes = new Uint32Array(shared(ENTRIES * SQE_WORDS * WORD_BYTES, OFFSET.sqes));
    const address = native.map(MEMORY_BYTES, READ_WRITE, PRIVATE, -1, 0);
    this.#addressLow = Number(address % BigInt(WORD_VALUES));
    this.#addressHigh = Number(address / BigInt(WORD_VALUES));
    this.#memory = Buffer.from(native.memoryAt(address, MEMORY_BYTES));
    for (let slot = 0; slot < ENTRIES; slot++) {
      this.#sq[field('sqArray') / WORD_BYTES + slot] = slot;
      const at = slot * SQE_WORDS;
      this.#sqes[at + SQE.opcode] = OP_SEND;
      this.#sqes[at + SQE.flags] = SEND_FLAGS;
      this.#sqes[at + SQE.userData] = slot;
    }
  }

  /** Opens a ring. Rejects, saying why, where there is none: on another system, or where it is not allowed. */
  static async open(): Promise<SendRing> {
    if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch)) {
      throw new Error(`not on ${process.platform}-${process.arch}`);
    }
    const native = await loadNative();
    const bytes = Buffer.alloc(PARAMS.words * WORD_BYTES);
    const ring = native.setup(ENTRIES, bytes);
    if (ring < 0) throw new Error('the kernel has none, or does not allow it');
    try {
      const params = new Uint32Array(bytes.buffer, bytes.byteOffset, PARAMS.words);
      if ((params[PARAMS.features]! & NEEDED_FEATURE) === 0) throw new Error('the kernel is older than Linux 5.18');
      return new SendRing(native, ring, params);
    } catch (error) {
      closeSync(ring);
      throw error;
    }
  }

  /** Whether there is room for one more, with so many bytes of its own. */
  hasRoomFor(bytes: number): boolean {
    return this.#count < ENTRIES && this.#used + bytes <= MEMORY_BYTES;
  }

  /** Memory of the ring's own for what is to be sent, until the next batch. There must be room for it. */
  take(length: number): Buffer {
    const start = this.#used;
    this.#used += length;
    return this.#memory.subarray(start, this.#used);
  }

  /** Has what stands in memory that was taken sent to a socket. There must be room for one more. */
  add(file: number, { byteOffset, length }: Buffer): void {
    const sqe = ((this.#first + this.#count++) % ENTRIES) * SQE_WORDS;
    const low = this.#addressLow + byteOffset;
    const carry = low < WORD_VALUES ? 0 : 1;
    this.#sqes[sqe + SQE.fd] = file;
    this.#sqes[sqe + SQE.address] = low;
    this.#sqes[sqe + SQE.address + 1] = this.#addressHigh + carry;
    this.#sqes[sqe + SQE.length] = length;
  }

  /** Begins anew, without sending anything. */
  forget(): void {
    this.#count = 0;
    this.#used = 0;
  }

  /**
   * Sends, and begins anew. Gives, for each in the order in which they were added, how many bytes the system took, or a
   * negative number if it took none. Good until the next time.
   */
  submit(): Int32Array {
    const [first, count] = [this.#first, this.#count];
    const results = this.#results.fill(-1, 0, count);
    this.forget();
    Atomics.store(this.#sq, this.#sqTail, first + count);
    let wanted = Math.max(0, this.#native.enter(this.#ring, count, 0, 0));
    this.#first = (first + wanted) % WORD_VALUES;
    // What it has not so much as looked at is not to be sent later.
    if (wanted < count) Atomics.store(this.#sq, this.#sqTail, this.#first);
    for (;;) {
      wanted -= this.#reap(first, results);
      if (wanted === 0) return results.subarray(0, count);
      this.#native.enter(this.#ring, 0, wanted, ENTER_GETEVENTS);
    }
  }

  /** Takes the results that are there. Gives how many there were. */
  #reap(first: number, results: Int32Array): number {
    const head = this.#cq[this.#cqHead]!;
    const count = (Atomics.load(this.#cq, this.#cqTail) - head) | 0;
    for (let next = 0; next < count; next++) {
      const cqe = this.#cqes + ((head + next) & this.#cqMask) * CQE_WORDS;
      const index = (this.#cq[cqe + CQE.userData]! - first) & (ENTRIES - 1);
      results[index] = this.#cq[cqe + CQE.result]!;
    }
    Atomics.store(this.#cq, this.#cqHead, (head + count) | 0);
    return count;
  }
}
