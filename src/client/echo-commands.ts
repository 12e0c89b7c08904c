// TELNET, RFC 854; ECHO, RFC 857.
const IAC = 0xff;
const WILL = 0xfb;
const WONT = 0xfc;
const DO = 0xfd;
const DONT = 0xfe;
const ECHO = 0x01;

/**
 * Takes the few TELNET commands out of what a server sends that tell a terminal whether to show what is typed. No byte of
 * them is one of a text in UTF-8.
 */
export class EchoCommands {
  #state: 'text' | 'command' | 'option' = 'text';
  #verb = 0;
  #isHidden = false;

  /** Whether what is typed is not to be shown. */
  get isHidden(): boolean {
    return this.#isHidden;
  }

  /** What is left of a chunk without them. */
  filter(chunk: Buffer): Buffer {
    if (this.#state === 'text' && !chunk.includes(IAC)) return chunk;
    return Buffer.from(chunk.filter((byte) => this.#isText(byte)));
  }

  /** Forgets everything: the next bytes are another connection's. */
  reset(): void {
    this.#state = 'text';
    this.#isHidden = false;
  }

  #isText(byte: number): boolean {
    switch (this.#state) {
      case 'text':
        if (byte === IAC) this.#state = 'command';
        return byte !== IAC;
      case 'command':
        this.#verb = byte;
        this.#state = byte >= WILL && byte <= DONT ? 'option' : 'text';
        return false;
      case 'option':
        if (byte === ECHO && this.#verb !== DO && this.#verb !== DONT) this.#isHidden = this.#verb !== WONT;
        this.#state = 'text';
        return false;
    }
  }
}
