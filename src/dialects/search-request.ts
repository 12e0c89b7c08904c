import { roomConversation, type ConversationKey } from '../domain/conversation.ts';
import type { Said, Told } from '../domain/event.ts';
import { sequenceAt, sequenceOf } from '../domain/message-id.ts';
import { nickKey } from '../domain/nick.ts';
import { parseRoomName } from '../domain/room-name.ts';
import { hasRole } from '../domain/room.ts';
import type { SearchCursor, SearchProblem, SearchQuery } from '../domain/search.ts';
import { identityOf } from '../domain/account.ts';
import type { Host } from './dialect.ts';

/** What somebody wants to find. */
export interface SearchWish {
  readonly words: readonly string[];
  readonly from: string | undefined;
  /** A room or a person. */
  readonly in: string | undefined;
  /** Milliseconds since 1970. */
  readonly after: number | undefined;
  readonly before: number | undefined;
}

export interface SearchResult {
  /** The best first. */
  readonly found: readonly (Said | Told)[];
  readonly next: SearchCursor | undefined;
  readonly isBehind: boolean;
}

/** Why there is no answer: no words, a place that one may not look at, or no search just now. */
export type SearchRefusal = SearchProblem | 'nothing-asked' | 'no-such-place';

/** Longest wish, in words; more narrow nothing down that matters. */
const MAX_WORDS = 20;

/** Looks for what somebody wants to find, where they may look. What comes is checked anew when it has come. */
export async function search(
  host: Host,
  wish: SearchWish,
  page: { readonly limit: number; readonly cursor: SearchCursor | undefined },
): Promise<SearchResult | SearchRefusal> {
  if (host.search === undefined) return 'unavailable';
  if (wish.words.length === 0 && wish.from === undefined) return 'nothing-asked';
  const place = placeOf(host, wish.in);
  if (place === undefined) return 'no-such-place';
  const answer = await host.search.find({
    words: wish.words.slice(0, MAX_WORDS),
    from: wish.from,
    ...place,
    after: wish.after === undefined ? 0 : sequenceAt(wish.after) - 1,
    before: wish.before === undefined ? Number.MAX_SAFE_INTEGER : sequenceAt(wish.before),
    ...page,
  });
  if (typeof answer === 'string') return answer;
  const isSame = host.history.settledVersion() === answer.historyVersion;
  // Of what was deleted meanwhile there may be something among it.
  const found = isSame
    ? answer.found
    : answer.found.filter(({ id }) => host.history.at(sequenceOf(id) ?? 0) !== undefined);
  return { ...answer, found: found.filter((event) => mayRead(host, event)) };
}

type Place = Pick<SearchQuery, 'person' | 'rooms' | 'with'>;

/** Where somebody may look: everywhere that is theirs, or in the one place that they name. */
function placeOf(host: Host, name: string | undefined): Place | undefined {
  const me = host.chat.sessions.get(host.session);
  if (me === undefined) return undefined;
  const { identity } = me.persona;
  const rooms: ConversationKey[] = [...me.rooms.keys()].map(roomConversation);
  if (name === undefined) return { rooms, person: identity, with: undefined };
  if (name.startsWith('#')) {
    const parsed = parseRoomName(name, name.length);
    if (!parsed.ok || !me.rooms.has(parsed.value.key)) return undefined;
    return { rooms: [roomConversation(parsed.value.key)], person: undefined, with: undefined };
  }
  const owner = host.chat.nickOwners.get(nickKey(name));
  const other = host.chat.find(name)?.persona.identity ?? (owner === undefined ? undefined : identityOf(owner));
  return other === undefined ? undefined : { rooms: [], person: identity, with: other };
}

function mayRead(host: Host, event: Said | Told): boolean {
  const me = host.chat.sessions.get(host.session);
  if (me === undefined) return false;
  const { identity } = me.persona;
  if (event.kind === 'told') return event.by.identity === identity || event.to.identity === identity;
  const room = me.rooms.get(event.room);
  return room !== undefined && (event.atLeast === undefined || hasRole(room, me.id, event.atLeast));
}

/** Reads a date or a time (ISO 8601), in milliseconds since 1970; a date is its beginning, in UTC. */
export function parseTime(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?$/.test(text)) return undefined;
  const at = Date.parse(text.includes('T') && !text.endsWith('Z') ? `${text}Z` : text);
  return Number.isNaN(at) ? undefined : at;
}
