import type { RenderingCapability } from './capabilities.ts';
import { IrcRendering, type RenderingOptions } from './rendering.ts';

/** One rendering for each set of capabilities in use, so that clients with the same ones share it. */
export class RenderingStore {
  readonly #options: RenderingOptions;
  readonly #renderings = new Map<string, IrcRendering>();

  constructor(options: RenderingOptions) {
    this.#options = options;
  }

  for(capabilities: readonly RenderingCapability[]): IrcRendering {
    const key = capabilities.join(' ');
    let rendering = this.#renderings.get(key);
    if (rendering === undefined) this.#renderings.set(key, (rendering = new IrcRendering(this.#options, capabilities)));
    return rendering;
  }
}
