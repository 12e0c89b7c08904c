import type { Event } from '../../../domain/event.ts';
import type { History, HistoryRead, HistorySpan } from '../../../domain/history.ts';
import type { HistoryRequest } from './request.ts';

/** A request for what was said in one conversation. */
export type PageRequest = Exclude<HistoryRequest, { readonly kind: 'targets' }>;

/** As much as was asked for, the oldest first. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Whether there is nothing more in the direction that was asked for. */
  readonly isEnd: boolean;
}

/** What has to be read for a request: one run of events, or one on each side of a moment. */
export function readsFor(span: HistorySpan, request: PageRequest): readonly [HistoryRead, ...HistoryRead[]] {
  const read = (bounds: Pick<HistorySpan, 'after' | 'before'>, end: 'first' | 'last'): HistoryRead =>
    // One more tells whether there are more.
    ({ span: { ...span, ...bounds }, end, limit: request.limit + 1 });
  switch (request.kind) {
    case 'latest':
      return [read({ after: request.after?.last }, 'last')];
    case 'before':
      return [read({ before: request.at.first }, 'last')];
    case 'after':
      return [read({ after: request.at.last }, 'first')];
    case 'between': {
      const { from, to } = request;
      // The page begins where the first selector is, so backwards in time it is the end of what lies between.
      if (from.first > to.first) return [read({ after: to.last, before: from.first }, 'last')];
      return [read({ after: from.last, before: to.first }, 'first')];
    }
    case 'around':
      return [read({ before: request.at.first }, 'last'), read({ after: request.at.first - 1 }, 'first')];
  }
}

/** The events that a request asks for (IRCv3 chathistory, "Subcommands"). */
export function readPage(history: History, span: HistorySpan, request: PageRequest): Page<Event> {
  const { limit } = request;
  const [one, other] = readsFor(span, request);
  const page = cutPage(history.read(one.span, one.end, one.limit), one.end, limit);
  if (other === undefined) return page;
  const earlier = page.items;
  const later = cutPage(history.read(other.span, other.end, other.limit), other.end, limit).items;
  const count = Math.min(earlier.length, Math.max(Math.floor(limit / 2), limit - later.length));
  // It goes in two directions, so the end of one says nothing.
  return { items: [...earlier.slice(earlier.length - count), ...later.slice(0, limit - count)], isEnd: false };
}

/** The first or the last of some items that are in order. */
export function cutPage<Item>(items: readonly Item[], end: 'first' | 'last', limit: number): Page<Item> {
  return { items: end === 'first' ? items.slice(0, limit) : items.slice(-limit), isEnd: items.length <= limit };
}
