import type { Account } from './account.ts';
import type { Identity } from './conversation.ts';
import type { DeviceName } from './device-name.ts';
import type { MetadataKey } from './metadata.ts';
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
  /** What stands behind the `@` of a full name: the address where it may be shown, a keyed hash where not. */
  readonly host: string;
  /** The address itself, for bans and for operators of the server; empty where there is none. */
  readonly address: string;
  /** Whether the connection is encrypted. */
  readonly isSecure: boolean;
  /** The SHA-256 of the certificate that they showed, as lower-case hex; undefined without one. */
  readonly certificateFingerprint: string | undefined;
}

/**
 * Who somebody was when something happened. Immutable: a new one is made when anything of it changes, so that events can
 * hold it and everybody who is shown an event sees the name of that moment.
 */
export interface Persona {
  readonly session: SessionId;
  readonly name: string;
  readonly key: NickKey;
  /** False for a guest, who is shown by label. */
  readonly isNamed: boolean;
  readonly label: string;
  readonly user: string;
  readonly host: string;
  readonly realName: string;
  /** The name of the account that they are logged in to. */
  readonly account: string | undefined;
  /** Who they are to history. */
  readonly identity: Identity;
  readonly isBot: boolean;
}

/** What somebody has switched on for themselves. */
export type SessionFlag =
  | 'invisible'
  | 'wallops'
  | 'operator'
  | 'bot'
  | 'registered-only'
  | 'callers-accepted'
  | 'no-ctcp';

/** What is said of somebody away who has given no reason (IRCv3 pre-away); each dialect has its own words for it. */
export const UNSPECIFIED_AWAY = '*';

/** One of the connections that somebody is here with. Named after the session that it came as, so that no two are alike. */
export interface Device {
  readonly id: SessionId;
  /** Undefined while it need not be known again: it has no account, or asks for what it missed itself. */
  name: DeviceName | undefined;
  /**
   * Since when its owner had been here with no device when it came, in milliseconds since 1970; undefined without an
   * account.
   */
  absentSince: number | undefined;
  /** The IP address, which others must not be shown; empty where there is none. */
  address: string;
  isSecure: boolean;
  /** Why nobody is at it; undefined when somebody is. */
  away: string | undefined;
  /** When it last said whether somebody is, in milliseconds since 1970. */
  awayAt: number;
  /** Nicks that it wants to be told of when they come and go. */
  watched: ReadonlyMap<NickKey, string>;
  /** What it wants to be told of when it is said about somebody or a room. */
  subscriptions: ReadonlySet<MetadataKey>;
}

/** Nicks that one session may let through when it takes private messages from few. */
export const MAX_ACCEPTED = 100;

/** Someone attached to the chat. Only actions change it. */
export interface Session {
  readonly id: SessionId;
  persona: Persona;
  /** What they are logged in to. */
  account: Account | undefined;
  /** False until whoever it is has said who they are; nobody sees them before. */
  isPresent: boolean;
  /** What they are connected with; somebody with an account may stay on without. */
  readonly devices: Map<SessionId, Device>;
  /** Whether an operator has put them off the server: they do not stay on. */
  isExpelled: boolean;
  /** The IP address, which others must not be shown; empty where there is none. */
  address: string;
  isSecure: boolean;
  /** As in `Origin`: proves who they are, to those who know it. For themselves and operators of the server to see. */
  certificateFingerprint: string | undefined;
  readonly rooms: Map<RoomName, Room>;
  flags: ReadonlySet<SessionFlag>;
  invitations: ReadonlySet<RoomName>;
  /** Nicks that may send private messages to a session that takes them from nobody else. */
  accepted: ReadonlySet<NickKey>;
  /** Why they are away, on all of their devices; undefined when they are not. */
  away: string | undefined;
  /** Milliseconds since 1970. */
  readonly connectedAt: number;
  /** When they last said something, in milliseconds since 1970. */
  activeAt: number;
  /** When they were last told that somebody wants to write to them whom they have not let. */
  calledAt?: number;
}
