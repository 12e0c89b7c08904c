import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { TestContext } from 'node:test';

/** How long a terminal is waited for. Long, so that it only ends what would never end; the screen is told then. */
const PATIENCE_MS = 60_000;

/** A tmux server of this process's own: one that everybody shares may be on its way out when it is needed. */
const SOCKET = `partyline-test-${process.pid}`;

let count = 0;

/** A program at a terminal of its own, which a test types at and looks at. It ends with the test. */
export class TmuxTerminal {
  readonly #session: string;

  constructor(t: TestContext, command: string, size: { readonly columns: number; readonly rows: number }) {
    this.#session = `terminal-${++count}`;
    this.#tmux('new-session', '-d', '-s', this.#session, '-x', `${size.columns}`, '-y', `${size.rows}`, command);
    t.after(() => this.#tmux('kill-session', '-t', this.#session));
  }

  /** Types keys as tmux names them: text, or `Enter`, `Left`, `C-c`. */
  type(...keys: readonly string[]): void {
    for (const key of keys) this.#tmux('send-keys', '-t', this.#session, key);
  }

  /** Types lines, each with Enter. */
  enter(...lines: readonly string[]): void {
    for (const line of lines) {
      this.#tmux('send-keys', '-t', this.#session, '-l', '--', line);
      this.type('Enter');
    }
  }

  get screen(): string {
    return this.#tmux('capture-pane', '-p', '-t', this.#session);
  }

  /** Kills the program, which can do nothing about it. */
  kill(): void {
    const shell = this.#tmux('list-panes', '-t', this.#session, '-F', '#{pane_pid}').trim();
    const [program] = readFileSync(`/proc/${shell}/task/${shell}/children`, 'utf8').split(' ');
    process.kill(Number(program), 'SIGKILL');
  }

  resize(columns: number, rows: number): void {
    this.#tmux('resize-window', '-t', this.#session, '-x', `${columns}`, '-y', `${rows}`);
  }

  /** Waits until the screen shows a text. */
  async shows(text: string): Promise<string> {
    return this.matches(text, (screen) => screen.includes(text));
  }

  /** Waits until the screen is as it should be; `what` says how that is. */
  async matches(what: string, isMet: (screen: string) => boolean): Promise<string> {
    const patienceEnds = performance.now() + PATIENCE_MS;
    for (;;) {
      const { screen } = this;
      if (isMet(screen)) return screen;
      if (performance.now() > patienceEnds) throw new Error(`never on the screen: ${what}\nThe screen:\n${screen}`);
      await pause(20);
    }
  }

  #tmux(...args: readonly string[]): string {
    return spawnSync('tmux', ['-L', SOCKET, '-f', '/dev/null', ...args], { encoding: 'utf8' }).stdout;
  }
}
