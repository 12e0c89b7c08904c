import { createConnection, type Socket } from 'node:net';

/** An IRC client that asks one thing at a time and takes the time, and notes when anything else comes. */
export class Asker {
  /** Called with each whole line that is not part of an answer. */
  onLine: (line: string) => void = ignore;
  readonly #socket: Socket;
  #unfinished = '';
  #fences = 0;
  #fence: { readonly token: string; readonly done: (lines: readonly string[]) => void } | undefined;
  #lines: string[] = [];

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true).setEncoding('utf8');
    socket.on('data', (text: string) => this.#take(text));
  }

  /** Connects, with these capabilities, and waits until it is registered. */
  static async enter(port: number, nick: string, capabilities: string): Promise<Asker> {
    const socket = createConnection(port, '127.0.0.1');
    await new Promise((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    const asker = new Asker(socket);
    socket.on('error', ignore);
    await asker.ask(`CAP REQ :${capabilities}`, 'CAP END', `NICK ${nick}`, `USER ${nick} 0 * :${nick}`);
    return asker;
  }

  /** Sends some lines; how long it takes until the server has dealt with them, in milliseconds, and what it said. */
  ask(...lines: readonly string[]): Promise<{ readonly ms: number; readonly lines: readonly string[] }> {
    const token = `fence${++this.#fences}`;
    const begun = performance.now();
    return new Promise((resolve) => {
      this.#fence = { token, done: (answer) => resolve({ ms: performance.now() - begun, lines: answer }) };
      this.send(...lines, `PING ${token}`);
    });
  }

  send(...lines: readonly string[]): void {
    this.#socket.write(lines.map((line) => `${line}\r\n`).join(''));
  }

  leave(): void {
    this.#socket.destroy();
  }

  #take(text: string): void {
    const lines = (this.#unfinished + text).split('\r\n');
    this.#unfinished = lines.pop() ?? '';
    for (const line of lines) {
      if (this.#fence === undefined) this.onLine(line);
      else if (line.endsWith(`:${this.#fence.token}`)) {
        const { done } = this.#fence;
        this.#fence = undefined;
        done(this.#lines);
        this.#lines = [];
      } else this.#lines.push(line);
    }
  }
}

function ignore(): void {
  // Nobody is interested at present.
}
