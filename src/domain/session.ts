import type { NickKey } from './nick.ts';
import type { Room } from './room.ts';
import type { RoomName } from './room-name.ts';

declare const brand: unique symbol;
/** Names one session, unique over the life of the server. Made by whoever opens the session. */
export type SessionId = string & { readonly [brand]: 'SessionId' };

export function sessionId(text: string): SessionId {
  return text as SessionId;
}

/** Where a session comes from, in the words that others may see. */
export interface Origin {
  /** `127.0.0.1 : 49524`, or `guest-` and a hash where the address must not be published. */
  readonly label: string;
  /** What a guest's nick is made of: `49524` makes `guest49524`. Lower-case letters and digits. */
  readonly guestSuffix: string;
}

/**
 * Who somebody was when something happened. Immutable: a new one is made when the nick changes, so that events can hold
 * it and everybody who is shown an event sees the name of that moment.
 */
export interface Persona {
  readonly session: SessionId;
  readonly name: string;
  readonly key: NickKey;
  /** False for a guest, who is shown by label. */
  readonly isNamed: boolean;
  readonly label: string;
}

/** Someone attached to the chat. Only actions change it. */
export interface Session {
  readonly id: SessionId;
  persona: Persona;
  readonly rooms: Map<RoomName, Room>;
}
