import type { Event } from '../../../domain/event.ts';
import type { History, HistorySpan } from '../../../domain/history.ts';
import type { HistoryRequest } from './request.ts';

/** A request for what was said in one conversation. */
export type PageRequest = Exclude<HistoryRequest, { readonly kind: 'targets' }>;

/** The events that a request asks for, the oldest first (IRCv3 chathistory, "Subcommands"). */
export function readPage(history: History, span: HistorySpan, request: PageRequest): readonly Event[] {
  const { limit } = request;
  switch (request.kind) {
    case 'latest':
      return history.read({ ...span, after: request.after?.last }, 'last', limit);
    case 'before':
      return history.read({ ...span, before: request.at.first }, 'last', limit);
    case 'after':
      return history.read({ ...span, after: request.at.last }, 'first', limit);
    case 'between': {
      const { from, to } = request;
      // The page begins where the first selector is, so backwards in time it is the end of what lies between.
      if (from.first > to.first) return history.read({ ...span, after: to.last, before: from.first }, 'last', limit);
      return history.read({ ...span, after: from.last, before: to.first }, 'first', limit);
    }
    case 'around': {
      const earlier = history.read({ ...span, before: request.at.first }, 'last', limit);
      const later = history.read({ ...span, after: request.at.first - 1 }, 'first', limit);
      const count = Math.min(earlier.length, Math.max(Math.floor(limit / 2), limit - later.length));
      return [...earlier.slice(earlier.length - count), ...later.slice(0, limit - count)];
    }
  }
}
