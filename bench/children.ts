import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** The processes that the bench has started, so that none of them outlives it. */
export class Children {
  readonly #living = new Set<ChildProcess>();

  add<Child extends ChildProcess>(child: Child): Child {
    this.#living.add(child);
    child.once('exit', () => this.#living.delete(child));
    child.once('error', () => this.#living.delete(child));
    return child;
  }

  /** Ends one of them at once; resolves when it is gone. */
  async stop(child: ChildProcess): Promise<void> {
    if (!this.#living.has(child)) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /** Ends all of them without waiting: for the moment in which the bench itself ends. */
  killAll(): void {
    for (const child of this.#living) child.kill('SIGKILL');
  }
}
