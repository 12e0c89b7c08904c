import type { Audience } from './event.ts';
import type { Role } from './role.ts';
import type { RoomName } from './room-name.ts';
import type { Session, SessionId } from './session.ts';

export interface Topic {
  readonly text: string;
  readonly by: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface Member {
  readonly session: Session;
  role: Role;
}

/** A room and who is in it. Only actions change it. */
export interface Room {
  readonly name: RoomName;
  /** The name as its maker spelled it. */
  readonly title: string;
  /** A permanent room stays when the last one leaves. */
  readonly isPermanent: boolean;
  readonly createdAt: number;
  /** The audience of what happens here; one object for the room's life. */
  readonly everyone: Audience;
  readonly members: Map<SessionId, Member>;
  topic: Topic | undefined;
  /** Whether the topic is the operators' alone. */
  isTopicLocked: boolean;
}
