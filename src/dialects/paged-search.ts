import type { SearchCursor } from '../domain/search.ts';
import type { Host } from './dialect.ts';
import { search, type SearchRefusal, type SearchResult, type SearchWish } from './search-request.ts';

/** Searches that are shown page by page: of each session, where the last one can go on. */
export class PagedSearch<Session extends { readonly host: Host }> {
  readonly #perPage: number;
  readonly #goingOn = new WeakMap<Session, { readonly wish: SearchWish; readonly cursor: SearchCursor }>();

  constructor(perPage: number) {
    this.#perPage = perPage;
  }

  /** The first page. */
  start(session: Session, wish: SearchWish): Promise<SearchResult | SearchRefusal> {
    this.#goingOn.delete(session);
    return this.#page(session, wish, undefined);
  }

  /** The page after the last one; undefined when there is none. One that is refused can be asked for again. */
  more(session: Session): Promise<SearchResult | SearchRefusal> | undefined {
    const last = this.#goingOn.get(session);
    return last === undefined ? undefined : this.#page(session, last.wish, last.cursor);
  }

  async #page(
    session: Session,
    wish: SearchWish,
    cursor: SearchCursor | undefined,
  ): Promise<SearchResult | SearchRefusal> {
    const result = await search(session.host, wish, { limit: this.#perPage, cursor });
    if (typeof result === 'string') return result;
    if (result.next === undefined) this.#goingOn.delete(session);
    else this.#goingOn.set(session, { wish, cursor: result.next });
    return result;
  }
}
