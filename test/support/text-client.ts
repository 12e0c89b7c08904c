import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A bare socket to a server, as a student would write one, with what has come kept for looking at. */
export class TextClient {
  readonly socket: Socket;
  /** `ADDRESS : PORT`, as the server names this client. */
  readonly label: string;
  readonly #chunks: Buffer[] = [];
  readonly #waiting = new Set<() => void>();
  /** What has not been taken yet, a character for each byte. */
  #untaken = '';
  #hasEnded = false;

  constructor(socket: Socket) {
    this.socket = socket;
    this.label = `${socket.localAddress} : ${socket.localPort}`;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#untaken += chunk.toString('latin1');
      this.#wake();
    });
    socket.on('error', () => {});
    for (const event of ['close', 'end']) {
      socket.on(event, () => {
        this.#hasEnded = true;
        this.#wake();
      });
    }
  }

  /** Connects, and waits until the connection stands. */
  static async open(port: number, host = '127.0.0.1'): Promise<TextClient> {
    const socket = connect({ port, host, allowHalfOpen: true });
    await once(socket, 'connect');
    return new TextClient(socket);
  }

  get receivedBytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  /** Everything that ever came, as UTF-8. */
  get received(): string {
    return this.receivedBytes.toString('utf8');
  }

  /** What has come and not been taken, as it stands. */
  get rest(): string {
    return Buffer.from(this.#untaken, 'latin1').toString('utf8');
  }

  send(text: string | Buffer): void {
    this.socket.write(text);
  }

  /** Waits for a text among what has not been taken yet, takes everything up to its end, and gives that. */
  async until(text: string): Promise<string> {
    const wanted = Buffer.from(text).toString('latin1');
    for (;;) {
      const at = this.#untaken.indexOf(wanted);
      if (at !== -1) {
        const taken = this.#untaken.slice(0, at + wanted.length);
        this.#untaken = this.#untaken.slice(at + wanted.length);
        return Buffer.from(taken, 'latin1').toString('utf8');
      }
      if (this.#hasEnded) {
        throw new Error(`the connection ended before ${JSON.stringify(text)} came; got ${JSON.stringify(this.rest)}`);
      }
      await this.#change();
    }
  }

  /** The next whole line, without its end. */
  async line(): Promise<string> {
    return (await this.until('\n')).slice(0, -1);
  }

  /** Waits until the server has ended the connection. */
  async end(): Promise<void> {
    while (!this.#hasEnded) await this.#change();
  }

  close(): void {
    this.socket.destroy();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of waiting) resolve();
  }
}
