import type { RoomName } from './room-name.ts';
import type { Persona, SessionId } from './session.ts';
import type { Topic } from './room.ts';

/** Who is told of an event: everybody in these rooms (each once), or these sessions. The author is among them or not. */
export type Audience =
  | { readonly kind: 'rooms'; readonly rooms: readonly RoomName[] }
  | { readonly kind: 'sessions'; readonly sessions: readonly SessionId[] };

/** How something is said: spoken, or told in the third person ("* alan waves"). */
export type Manner = 'speech' | 'deed';

interface Happening {
  readonly audience: Audience;
  /** The author, as they were called then. After a change of nick: as they are called now. */
  readonly by: Persona;
  /** The message id: unique, sorts by time. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A thing that happened in a room, with its name as people are shown it. */
interface InRoom extends Happening {
  readonly room: RoomName;
  readonly title: string;
}

export type Said = InRoom & { readonly kind: 'said'; readonly manner: Manner; readonly text: string };
export type Told = Happening & {
  readonly kind: 'told';
  readonly to: Persona;
  readonly manner: Manner;
  readonly text: string;
};
export type Connected = Happening & { readonly kind: 'connected' };
export type Disconnected = Happening & {
  readonly kind: 'disconnected';
  readonly rooms: readonly RoomName[];
  readonly reason: string;
};
export type Joined = InRoom & { readonly kind: 'joined' };
export type Parted = InRoom & { readonly kind: 'parted'; readonly reason: string };
export type Renamed = Happening & { readonly kind: 'renamed'; readonly from: Persona };
export type TopicSet = InRoom & { readonly kind: 'topic-set'; readonly topic: Topic | undefined };

/** What happened, in the past tense: all that anyone is told comes from these. */
export type Event = Said | Told | Connected | Disconnected | Joined | Parted | Renamed | TopicSet;
