/** The rest of a long answer, and what was to be written behind it, until the client has taken what was written before. */
export class Backlog {
  #items: (Buffer | Iterator<Buffer>)[] = [];
  #bytes = 0;

  /** Bytes that wait. What a long answer has not made yet is none. */
  get bytes(): number {
    return this.#bytes;
  }

  push(item: Buffer | Iterator<Buffer>): void {
    this.#items.push(item);
    if (Buffer.isBuffer(item)) this.#bytes += item.length;
  }

  /** What is to be written next: the next piece of a long answer, or all that waits up to the next one. */
  next(): Buffer | undefined {
    for (;;) {
      const [first] = this.#items;
      if (first === undefined) return undefined;
      if (Buffer.isBuffer(first)) return this.#takeBuffers();
      const step = first.next();
      if (step.done !== true) return step.value;
      this.#items.shift();
    }
  }

  /** Everything that waits, without what is left of long answers. */
  remains(): Buffer {
    return Buffer.concat(this.#items.filter((item) => Buffer.isBuffer(item)));
  }

  #takeBuffers(): Buffer {
    const end = this.#items.findIndex((item) => !Buffer.isBuffer(item));
    const buffers = this.#items.splice(0, end === -1 ? this.#items.length : end);
    const joined = Buffer.concat(buffers.filter((item) => Buffer.isBuffer(item)));
    this.#bytes -= joined.length;
    return joined;
  }
}
