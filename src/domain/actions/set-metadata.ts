import { defineAction, type Moment } from '../action.ts';
import type { Chat } from '../chat.ts';
import { isAccountIdentity } from '../conversation.ts';
import type { MetadataSet } from '../event.ts';
import type { MetadataKey } from '../metadata.ts';
import { subscribersIn, subscribersTo } from '../metadata-events.ts';
import { ok, refuse } from '../result.ts';
import { hasRole, isVisibleTo, type Room } from '../room.ts';
import type { RoomName } from '../room-name.ts';
import type { Session, SessionId } from '../session.ts';
import { isOverBytes } from '../text.ts';

export interface SetMetadata {
  readonly of: { readonly room: RoomName } | { readonly session: SessionId };
  /** Values by key; undefined takes one away. */
  readonly changes: ReadonlyMap<MetadataKey, string | undefined>;
}

/**
 * Says something about oneself, or about a room that one is an operator of; operators of the server may about anybody. An
 * account keeps it, and so does a room that belongs to one.
 */
export const setMetadata = defineAction<SetMetadata>({
  name: 'set-metadata',
  run(chat, actor, { of, changes }, moment) {
    const isServerOperator = actor.flags.has('operator');
    const about = 'room' in of ? chat.rooms.get(of.room) : chat.sessions.get(of.session);
    if (about === undefined || ('members' in about && !isVisibleTo(about, actor))) {
      return refuse('room' in of ? { kind: 'no-such-room', room: of.room } : { kind: 'no-such-person', name: '*' });
    }
    if ('members' in about && !hasRole(about, actor.id, 'operator') && !isServerOperator) {
      return refuse({ kind: 'not-operator', room: about.title, needed: 'operator' });
    }
    if (!('members' in about) && about !== actor && !isServerOperator) {
      return refuse({ kind: 'not-own-metadata', name: about.persona.name });
    }
    const owner = 'members' in about ? about.name : about.persona.identity;
    const isKept = 'members' in about ? about.registration !== undefined : isAccountIdentity(about.persona.identity);
    const own = chat.metadata.of(owner);
    const { maxMetadataKeys: max, maxMetadataValueBytes: maxBytes } = chat.limits;
    let size = own.size;
    for (const [key, value] of changes) {
      if (value === undefined && !own.has(key)) return refuse({ kind: 'metadata-not-set', key });
      if (value !== undefined && isOverBytes(value, maxBytes)) return refuse({ kind: 'text-too-long', maxBytes });
      if (value === undefined) size--;
      else if (!own.has(key)) size++;
    }
    if (size > max && size > own.size) return refuse({ kind: 'metadata-full', max });
    if (isKept && moment.cannotKeep === true) return refuse({ kind: 'not-kept' });
    const events = [...changes].flatMap(([key, value]) => {
      chat.metadata.set(owner, key, value);
      const change = { owner, key, value, isKept, isNews: true } as const;
      return 'members' in about
        ? [ofRoom(about, actor, change, moment)]
        : sharers(chat, about).map((session) => ofPerson(chat, session, actor, change, moment));
    });
    return ok(events);
  },
});

type Change = Pick<MetadataSet, 'owner' | 'key' | 'value' | 'isKept' | 'isNews'>;

/** Everybody whose metadata is the same, for it is their account's. */
function sharers(chat: Chat, session: Session): Session[] {
  if (session.account === undefined) return [session];
  return [session, ...chat.sessionsOf(session.account).filter((other) => other !== session)];
}

function ofRoom(room: Room, actor: Session, change: Change, moment: Moment): MetadataSet {
  const audience = { kind: 'sessions', sessions: subscribersIn(room, change.key, actor) } as const;
  const { name, title } = room;
  return { kind: 'metadata-set', audience, by: actor.persona, of: { room: name, title }, ...change, ...moment };
}

function ofPerson(chat: Chat, about: Session, actor: Session, change: Change, moment: Moment): MetadataSet {
  const audience = { kind: 'sessions', sessions: subscribersTo(chat, about, change.key, actor) } as const;
  return { kind: 'metadata-set', audience, by: actor.persona, of: about.persona, ...change, ...moment };
}
