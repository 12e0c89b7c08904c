import type { Chat } from './chat.ts';
import type { Annotated, Event, Said, Told } from './event.ts';
import type { Room } from './room.ts';
import type { Session } from './session.ts';

/** Somebody with an account or without. */
type Owned = Pick<Session, 'account'>;

/** Whether what somebody says in a room is kept: unless the room, or the one who speaks, does not want it. */
export function keepsSpeech(chat: Chat, room: Room, author: Session): boolean {
  return chat.limits.keepsHistory && !room.flags.has('unrecorded') && isRecorded(author);
}

/** Whether what two people tell each other is kept: unless one of them does not want it. */
export function keepsTalk(chat: Chat, author: Session, listener: Owned): boolean {
  return chat.limits.keepsHistory && isRecorded(author) && isRecorded(listener);
}

function isRecorded({ account }: Owned): boolean {
  return account?.settings.isRecorded !== false;
}

/** Kinds of events that change what is kept, besides what is said. */
const KEPT_KINDS = [
  'account-changed',
  'account-removed',
  'disconnected',
  'joined',
  'kicked',
  'logged-in',
  'marked-read',
  'marked-seen',
  'metadata-set',
  'modes-set',
  'parted',
  'redacted',
  'renamed',
  'room-closed',
  'room-dropped',
  'room-registered',
  'room-registration-changed',
  'room-renamed',
  'server-ban-lifted',
  'server-banned',
  'topic-set',
] as const;
/** Kinds that change what is kept of somebody who stays on without a device, as only those with accounts may. */
const STAY_KINDS = ['attended', 'away-set', 'flags-set', 'introduced', 'real-name-set', 'unattended'] as const;
/** Those of them that must be kept: somebody counts on it. */
const COUNTED_ON: ReadonlySet<Event['kind']> = new Set([
  'account-changed',
  'account-removed',
  'redacted',
  'room-dropped',
  'room-registered',
  'room-registration-changed',
]);

export type KeptEvent =
  | Said
  | Told
  | Annotated
  | (Event & { readonly kind: (typeof KEPT_KINDS)[number] | (typeof STAY_KINDS)[number] });

/** What is kept or not, one by one. */
export function isMessage(event: Event): event is Said | Told | Annotated {
  return event.kind === 'said' || event.kind === 'told' || event.kind === 'annotated';
}

/** Whether an event is to be kept. */
export function isKept(event: Event): event is KeptEvent {
  if (isMessage(event) || event.kind === 'metadata-set') return event.isKept;
  if (STAY_KINDS.some((kind) => kind === event.kind)) return event.by.account !== undefined;
  return KEPT_KINDS.some((kind) => kind === event.kind);
}

/** Whether an event must be kept before anybody is told of it; if it cannot be, it has not happened. */
export function mustBeKept(event: Event): boolean {
  return isMessage(event) ? event.isKept : COUNTED_ON.has(event.kind);
}
