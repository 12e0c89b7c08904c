import type { Account } from './account.ts';
import type { ConversationKey } from './conversation.ts';
import type { DeviceName } from './device-name.ts';
import type { MetadataKey, MetadataOwner } from './metadata.ts';
import type { ModeChange } from './mode-change.ts';
import type { ParsedRoomName, RoomName } from './room-name.ts';
import type { OneRefusal } from './refusal.ts';
import type { ServerBan } from './server-ban.ts';
import type { Persona, SessionFlag, SessionId } from './session.ts';
import type { Role } from './role.ts';
import type { Topic } from './room.ts';

/** Who is told of an event: everybody in these rooms (each once), or these sessions. The author is among them or not. */
export type Audience =
  | {
      readonly kind: 'rooms';
      readonly rooms: readonly RoomName[];
      /** Only those with this role, or a higher one. */
      readonly atLeast?: Role;
      /** Those of the rooms where only those with a voice are told. */
      readonly quietIn?: ReadonlySet<RoomName>;
    }
  | { readonly kind: 'sessions'; readonly sessions: readonly SessionId[] };

/**
 * How something is said: spoken; told in the third person ("* alan waves"); a notice, which programs do not answer; or a
 * question of one program to another, which people are not shown.
 */
export type Manner = 'speech' | 'deed' | 'notice' | 'query' | 'query-answer';

/** What programs say along with a message, for those that understand it: names with values. */
export type Annotations = ReadonlyMap<string, string>;

/** The message that another one replies or reacts to, as far as people are shown it. */
export interface Quoted {
  readonly by: Persona;
  readonly text: string;
}

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

export type Said = InRoom & {
  readonly kind: 'said';
  readonly manner: Manner;
  /** May have several lines, with a line feed between each two. */
  readonly text: string;
  readonly annotations: Annotations;
  /** What it replies to, if it was there to be read; not known of what is read from history. */
  readonly about?: Quoted | undefined;
  /** Where a program has cut long lines of the text: the lengths of what comes before. Not known of what is read from history. */
  readonly cuts?: readonly number[] | undefined;
  /** Whether it goes into history. */
  readonly isKept: boolean;
  /** Set when only members of that role, and higher, are told. */
  readonly atLeast: Role | undefined;
};
export type Told = Happening & {
  readonly kind: 'told';
  readonly to: Persona;
  readonly manner: Manner;
  readonly text: string;
  readonly annotations: Annotations;
  /** As in `Said`. */
  readonly about?: Quoted | undefined;
  readonly cuts?: readonly number[] | undefined;
  /** Whether it goes into history. */
  readonly isKept: boolean;
};
/** Somebody has written to one who takes messages from few, and has not been let through. The other may let them. */
export type CallerWaits = Happening & { readonly kind: 'caller-waits'; readonly whom: Persona };
/** Annotations without a message, such as a reaction or that somebody is typing; to a room or to one person. */
export type Annotated = Happening & {
  readonly kind: 'annotated';
  readonly to: Persona | { readonly room: RoomName; readonly title: string };
  readonly annotations: Annotations;
  /** As in `Said`. */
  readonly about?: Quoted | undefined;
  /** Whether it goes into history. */
  readonly isKept: boolean;
  readonly atLeast: Role | undefined;
};
/** Something that was said, or a reaction, was taken back: it is gone from history. */
export type Redacted = Happening & {
  readonly kind: 'redacted';
  /** What it was; of what is read from history there is nothing left but its id. */
  readonly message: Said | Told | Annotated | { readonly kind: 'gone'; readonly id: string };
  /** Where it was said; of a private message, the other person. */
  readonly to: Annotated['to'];
  readonly reason: string;
};
export type Connected = Happening & { readonly kind: 'connected' };
export type Introduced = Happening & { readonly kind: 'introduced' };
export type Disconnected = Happening & {
  readonly kind: 'disconnected';
  readonly rooms: readonly RoomName[];
  readonly reason: string;
};
export type Joined = InRoom & {
  readonly kind: 'joined';
  /** Roles that come with it, as for the one who made the room. */
  readonly roles: readonly Role[];
  readonly away: string | undefined;
};
export type Parted = InRoom & { readonly kind: 'parted'; readonly reason: string };
export type Kicked = InRoom & { readonly kind: 'kicked'; readonly whom: Persona; readonly reason: string };
export type Invited = InRoom & { readonly kind: 'invited'; readonly whom: Persona };
export type Renamed = Happening & { readonly kind: 'renamed'; readonly from: Persona };
export type TopicSet = InRoom & { readonly kind: 'topic-set'; readonly topic: Topic | undefined };
export type ModesSet = InRoom & {
  readonly kind: 'modes-set';
  /** Set when nobody did it: somebody got what is theirs by right. */
  readonly byServer?: true;
  readonly changes: readonly ModeChange[];
  /** Why other changes that were asked for along with these were not made; the author's to know. */
  readonly refusals: readonly OneRefusal[];
};
export type AwaySet = Happening & {
  readonly kind: 'away-set';
  /** Undefined when somebody is at one of their devices. */
  readonly away: string | undefined;
  /** Whether that was not so before. */
  readonly isNews: boolean;
};
export type RealNameSet = Happening & { readonly kind: 'real-name-set' };
/** An operator has somebody shown with another host; `by` is that somebody. */
export type HostChanged = Happening & { readonly kind: 'host-changed'; readonly from: Persona };
export type FlagsSet = Happening & {
  readonly kind: 'flags-set';
  readonly changes: readonly { readonly flag: SessionFlag; readonly on: boolean }[];
};
/** A watched nick has come or gone, or its owner has changed something about themselves. */
export type Watched = Happening & {
  readonly kind: 'watched';
  readonly name: string;
  readonly isHere: boolean;
  /** Undefined when they have come or gone. */
  readonly change: AwaySet | HostChanged | LoggedIn | LoggedOut | RealNameSet | undefined;
};
/** An operator puts somebody off the server; their own session leaves when it is told. */
export type Expelled = Happening & {
  readonly kind: 'expelled';
  readonly whom: Persona;
  readonly reason: string;
  /** Whether they may not come back. */
  readonly isBanned: boolean;
};
/** An operator makes somebody enter a room; their own session goes there when it is told. */
export type Summoned = Happening & { readonly kind: 'summoned'; readonly whom: Persona; readonly to: ParsedRoomName };
export type ServerBanned = Happening & {
  readonly kind: 'server-banned';
  readonly ban: ServerBan;
  /** How many sessions are put off the server by it. */
  readonly expelled: number;
};
export type ServerBanLifted = Happening & { readonly kind: 'server-ban-lifted'; readonly ban: ServerBan };
/** Something that an operator tells all who want to hear such things. */
export type Announced = Happening & { readonly kind: 'announced'; readonly text: string };

/** Somebody is logged in to an account, or no longer; `by` says so. */
export type LoggedIn = Happening & { readonly kind: 'logged-in'; readonly account: Account };
export type LoggedOut = Happening & { readonly kind: 'logged-out' };
/** Something about an account is to be kept: that it is there, first of all. `what` says what has changed. */
export type AccountChanged = Happening & {
  readonly kind: 'account-changed';
  readonly account: Account;
  readonly what: 'registered' | 'credentials' | 'nicks' | 'fingerprints' | 'settings' | 'suspension' | 'name';
};
export type AccountRemoved = Happening & {
  readonly kind: 'account-removed';
  readonly account: Account;
  /** Whether what was said and done with it is deleted as well. */
  readonly isErased: boolean;
};
/** All that somebody said is deleted; told in rooms where they said something lately. */
export type Erased = InRoom & {
  readonly kind: 'erased';
  /** Whose words they were: the name of the account. */
  readonly whose: string;
  /** The ids of what they said last, which people may still see. */
  readonly messages: readonly string[];
};
/** Somebody has read a conversation as far as this. */
export type MarkedRead = Happening & {
  readonly kind: 'marked-read';
  readonly conversation: ConversationKey;
  readonly name: string;
  /** The time of the last thing that they have read, in milliseconds since 1970. */
  readonly readAt: number;
  /** Whether it is further than before. */
  readonly isNews: boolean;
  /** A conversation of which it is remembered no longer. */
  readonly forgotten: ConversationKey | undefined;
};
/** A device of somebody's has been told what was said as far as this. */
export type MarkedSeen = Happening & {
  readonly kind: 'marked-seen';
  readonly device: DeviceName;
  /** The sequence number of the last thing said. */
  readonly upTo: number;
  /** A device of theirs of which it is remembered no longer. */
  readonly forgotten: DeviceName | undefined;
};
/** Something is said about a person or a room, for programs, or no longer. */
export type MetadataSet = Happening & {
  readonly kind: 'metadata-set';
  readonly of: Persona | { readonly room: RoomName; readonly title: string };
  readonly owner: MetadataOwner;
  readonly key: MetadataKey;
  readonly value: string | undefined;
  readonly isKept: boolean;
  /** Not when it is told to those whom somebody comes to. */
  readonly isNews: boolean;
};
/** Somebody has come in with one more device, which is in these rooms from now on. */
export type Attended = Happening & { readonly kind: 'attended'; readonly rooms: readonly RoomName[] };
/** Somebody stays on without a device. */
export type Unattended = Happening & { readonly kind: 'unattended' };
/** A room belongs to an account now, or no longer; or what is kept of that has changed. */
export type RoomRegistered = InRoom & {
  readonly kind: 'room-registered';
  /** The name of the account that it belongs to. */
  readonly founder: string;
};
export type RoomDropped = InRoom & { readonly kind: 'room-dropped' };
export type RoomRegistrationChanged = InRoom & { readonly kind: 'room-registration-changed' };
/** A room is called otherwise, which `room` and `title` say too, unless it was renamed again since. */
export type RoomRenamed = InRoom & {
  readonly kind: 'room-renamed';
  readonly oldName: ParsedRoomName;
  readonly newName: ParsedRoomName;
  readonly reason: string;
};
/** The last member of a room has gone, and the room with them. */
export type RoomClosed = InRoom & {
  readonly kind: 'room-closed';
  /** Whether not everybody could have come in: then whoever makes a room of that name does not get its history. */
  readonly wasRestricted: boolean;
  /** Whether what was said in it was to be kept. */
  readonly wasRecorded: boolean;
};

/** What happened, in the past tense: all that anyone is told comes from these. */
export type Event =
  | Said
  | Told
  | CallerWaits
  | Annotated
  | Redacted
  | Connected
  | Introduced
  | Disconnected
  | Joined
  | Parted
  | Kicked
  | Invited
  | Renamed
  | TopicSet
  | ModesSet
  | AwaySet
  | RealNameSet
  | FlagsSet
  | HostChanged
  | Watched
  | Announced
  | Expelled
  | Summoned
  | ServerBanned
  | ServerBanLifted
  | LoggedIn
  | LoggedOut
  | AccountChanged
  | AccountRemoved
  | Erased
  | MarkedRead
  | MetadataSet
  | MarkedSeen
  | Attended
  | Unattended
  | RoomRegistered
  | RoomDropped
  | RoomRegistrationChanged
  | RoomRenamed
  | RoomClosed;
