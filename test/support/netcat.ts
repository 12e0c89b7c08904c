import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import type { TestContext } from 'node:test';

/** How long a line is waited for. Long, so that it only ends what would never end. */
const PATIENCE_MS = 60_000;

/** Somebody with netcat, the program itself. It ends with the test. */
export class Netcat {
  readonly #child: ChildProcessWithoutNullStreams;
  #untaken = '';
  #wake: () => void = () => {};

  constructor(t: TestContext, port: number) {
    this.#child = spawn('nc', ['127.0.0.1', `${port}`]);
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#untaken += text;
      this.#wake();
    });
    t.after(() => this.#child.kill('SIGKILL'));
  }

  enter(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  /** The next line. */
  async line(): Promise<string> {
    const timer = setTimeout(() => this.#wake(), PATIENCE_MS);
    const patienceEnds = performance.now() + PATIENCE_MS;
    for (;;) {
      const end = this.#untaken.indexOf('\n');
      if (end !== -1) {
        const line = this.#untaken.slice(0, end);
        this.#untaken = this.#untaken.slice(end + 1);
        clearTimeout(timer);
        return line;
      }
      if (performance.now() >= patienceEnds) throw new Error('netcat was shown no further line');
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
