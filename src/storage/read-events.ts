import { byMoment } from '../domain/message-id.ts';
import type { Event } from '../domain/event.ts';
import type { HistorySpan } from '../domain/history.ts';
import type { Tables } from './tables.ts';

/** The first or last events of a span, both of whose ends are left out; the oldest first. */
export function readEvents(
  { conversations, messages, happenings }: Tables,
  { conversation: key, after = 0, before = Number.MAX_SAFE_INTEGER, reader, includes }: HistorySpan,
  end: 'first' | 'last',
  limit: number,
): Event[] {
  const conversation = conversations.find(key);
  if (conversation === undefined) return [];
  const said = messages.read(conversation, { after, before, reader }, end, limit);
  if (includes === 'messages') return said;
  const all = [...said, ...happenings.read(conversation, after, before, end, limit)];
  all.sort(byMoment);
  return end === 'first' ? all.slice(0, limit) : all.slice(-limit);
}
