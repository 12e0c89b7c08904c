import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { TestContext } from 'node:test';

let count = 0;

/** A program at a terminal of its own, which a test types at and looks at. It ends with the test. */
export class TmuxTerminal {
  readonly #session: string;

  constructor(t: TestContext, command: string, size: { readonly columns: number; readonly rows: number }) {
    this.#session = `partyline-${process.pid}-${++count}`;
    this.#tmux('new-session', '-d', '-s', this.#session, '-x', `${size.columns}`, '-y', `${size.rows}`, command);
    t.after(() => this.#tmux('kill-session', '-t', this.#session));
  }

  /** Types keys as tmux names them: text, or `Enter`, `Left`, `C-c`. */
  type(...keys: readonly string[]): void {
    for (const key of keys) this.#tmux('send-keys', '-t', this.#session, key);
  }

  get screen(): string {
    return this.#tmux('capture-pane', '-p', '-t', this.#session);
  }

  resize(columns: number, rows: number): void {
    this.#tmux('resize-window', '-t', this.#session, '-x', `${columns}`, '-y', `${rows}`);
  }

  /** Waits until the screen shows a text; the test's own time limit ends it. */
  async shows(text: string): Promise<string> {
    for (;;) {
      const { screen } = this;
      if (screen.includes(text)) return screen;
      await pause(20);
    }
  }

  #tmux(...args: readonly string[]): string {
    return spawnSync('tmux', ['-L', 'partyline-test', '-f', '/dev/null', ...args], { encoding: 'utf8' }).stdout;
  }
}
