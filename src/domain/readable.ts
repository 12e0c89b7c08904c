import { identityOf } from './account.ts';
import type { Chat } from './chat.ts';
import { privateConversation, roomConversation, type Identity } from './conversation.ts';
import type { History, HistorySpan } from './history.ts';
import { nickKey } from './nick.ts';
import { hasRole, rankIn, type Room } from './room.ts';
import type { Session } from './session.ts';

/** People whom somebody has talked to that are looked through for a name. */
const MAX_REMEMBERED = 100;
const ALL_TIME = { after: 0, before: Number.MAX_SAFE_INTEGER } as const;

/** What somebody may read of a room's history: undefined when they are not in it. */
export function readableRoom(
  room: Room | undefined,
  { id, persona: { identity } }: Session,
  includes: HistorySpan['includes'],
): HistorySpan | undefined {
  if (room?.members.has(id) !== true) return undefined;
  // Who comes and goes in an auditorium is not for everybody, later no more than at the time.
  const isKeptFrom = room.flags.has('auditorium') && !hasRole(room, id, 'voice');
  return {
    conversation: roomConversation(room.name),
    reader: { identity, rank: rankIn(room, id) },
    includes: isKeptFrom ? 'messages' : includes,
  };
}

/**
 * What somebody has said to, and been told by, whoever has a name: the one who is here, or else the account that it
 * belongs to, or else the last one who was called so. Undefined when there is no such person.
 */
export function readableTalk(
  { chat, history }: { readonly chat: Chat; readonly history: History },
  { persona: { identity: own } }: Session,
  name: string,
  includes: HistorySpan['includes'],
): HistorySpan | undefined {
  const other = correspondent({ chat, history }, own, name);
  return other === undefined ? undefined : { conversation: privateConversation(own, other), includes };
}

/** Whoever has a name, to somebody who talks to them. */
export function correspondent(
  { chat, history }: { readonly chat: Chat; readonly history: History },
  own: Identity,
  name: string,
): Identity | undefined {
  const owner = chat.nickOwners.get(nickKey(name));
  return (
    chat.find(name)?.persona.identity ?? (owner === undefined ? remembered(history, own, name) : identityOf(owner))
  );
}

function remembered(history: History, own: Identity, name: string): Identity | undefined {
  const key = nickKey(name);
  const talks = history.correspondences(own, ALL_TIME, 'last', MAX_REMEMBERED);
  const found = talks.findLast(({ conversation, other }) => {
    const called = history.nameIn(conversation, other);
    return called !== undefined && nickKey(called) === key;
  });
  return found?.other;
}
