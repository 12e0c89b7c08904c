import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Children } from '../children.ts';

/** What the people who talk are told to do. Each order is answered by one report. */
export type Order =
  | { readonly kind: 'gather'; readonly port: number }
  | { readonly kind: 'talk'; readonly forMs: number };

/** How long each delivery took, in milliseconds; none if it was not about talking. */
export interface Report {
  readonly latenciesMs: readonly number[];
}

const script = fileURLToPath(new URL('./chatter-main.ts', import.meta.url));

/** People who talk (chatter.ts), in a process of their own. */
export class ChatterProcess {
  readonly #children: Children;
  readonly #child: ChildProcess;
  /** Rejects when the process has ended. */
  readonly #gone: Promise<never>;

  private constructor(children: Children) {
    this.#children = children;
    this.#child = children.add(fork(script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
    this.#gone = once(this.#child, 'exit').then(() => {
      throw new Error('the people who talk are gone');
    });
    this.#gone.catch(ignore);
  }

  static async gather(children: Children, port: number): Promise<ChatterProcess> {
    const chatter = new ChatterProcess(children);
    await chatter.#order({ kind: 'gather', port });
    return chatter;
  }

  /** Talks for a while; how long each delivery took, in milliseconds. */
  async talk(forMs: number): Promise<readonly number[]> {
    return (await this.#order({ kind: 'talk', forMs })).latenciesMs;
  }

  async leave(): Promise<void> {
    await this.#children.stop(this.#child);
  }

  /** Rejects if the process ends instead of an answer. */
  async #order(order: Order): Promise<Report> {
    const reported = once(this.#child, 'message');
    this.#child.send(order);
    const [report] = (await Promise.race([reported, this.#gone])) as [Report];
    return report;
  }
}

function ignore(): void {
  // Nobody waits for an answer.
}
