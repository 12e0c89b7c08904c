import type { AccountSettings, Credentials, Suspension } from '../../domain/account.ts';
import type { ServerBanKind } from '../../domain/server-ban.ts';
import type { Stay } from '../../domain/stay.ts';
import type { StayRoom } from '../stay-table.ts';

/** What an export calls itself, and the version of its format. */
export const FORMAT = 'partyline-export';
export const FORMAT_VERSION = 1;

/** The first line. Nothing in it tells when it was made: the same data is the same export. */
export interface HeaderLine {
  readonly kind: 'header';
  readonly format: typeof FORMAT;
  readonly version: typeof FORMAT_VERSION;
  /** What the ids of the server end with. */
  readonly idSuffix: string;
  /** The account whose data it is; without one it is everything. */
  readonly account?: string | undefined;
}

export interface AccountLine {
  readonly kind: 'account';
  readonly id: number;
  readonly name: string;
  /** Milliseconds since 1970, as all times. */
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly settings: AccountSettings;
  readonly suspension?: Suspension | undefined;
  readonly nicks: readonly string[];
  readonly fingerprints: readonly string[];
  /** What it says about itself. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** Left out of the export of one account. */
  readonly credentials?: Credentials | undefined;
}

/** A room that belongs to an account. */
export interface RoomLine {
  readonly kind: 'room';
  readonly name: string;
  readonly title: string;
  readonly createdAt: number;
  readonly founder: number;
  readonly registeredAt: number;
  readonly state: Readonly<Record<string, unknown>>;
  /** What is said about it. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

export interface ReadMarkerLine {
  readonly kind: 'read-marker';
  readonly reader: string;
  readonly conversation: string;
  readonly readAt: number;
  readonly movedAt: number;
}

/** How far one device of somebody's has been told what was said. */
export interface SeenMarkLine {
  readonly kind: 'seen-mark';
  readonly account: string;
  readonly device: string;
  /** The sequence number of the last thing. */
  readonly upTo: number;
}

/** A ban from the server. Left out of the export of one account. */
export interface ServerBanLine {
  readonly kind: 'server-ban';
  /** What it goes by. */
  readonly goesBy: ServerBanKind;
  readonly mask: string;
  readonly reason: string;
  readonly by: string;
  readonly at: number;
  /** When it ends; it does not without. */
  readonly until?: number | undefined;
}

/** Somebody who stays on while no device of theirs is connected, and where. */
export interface StayLine extends Stay {
  readonly kind: 'stay';
}

/** A room that belongs to nobody and is there as long as they are. Left out of the export of one account. */
export interface StayRoomLine extends StayRoom {
  readonly kind: 'stay-room';
}

/** What follows happened in it, in order of time, until the next such line. */
export interface ConversationLine {
  readonly kind: 'conversation';
  readonly key: string;
  readonly title: string;
  readonly isRestricted: boolean;
  readonly isClosed: boolean;
}

/** Something that was said or that happened; the kind is that of the event. */
export interface EventLine {
  readonly kind: string;
  readonly id: string;
  readonly at: number;
  readonly by: PersonFacts;
  readonly [fact: string]: unknown;
}

/** Who somebody was then. What is empty or false is left out. */
export interface PersonFacts {
  readonly name: string;
  readonly identity: string;
  readonly account?: string | undefined;
  readonly user?: string | undefined;
  readonly host?: string | undefined;
  readonly realName?: string | undefined;
  readonly label?: string | undefined;
  readonly isGuest?: boolean | undefined;
  readonly isBot?: boolean | undefined;
}

/** How many lines of each kind there are. */
export interface Counts {
  readonly accounts: number;
  readonly rooms: number;
  readonly readMarkers: number;
  readonly seenMarks: number;
  readonly serverBans: number;
  readonly stays: number;
  readonly stayRooms: number;
  readonly conversations: number;
  readonly messages: number;
  readonly happenings: number;
}

/** The last line. An export without it is not whole. */
export interface EndLine extends Counts {
  readonly kind: 'end';
}

export type ExportLine =
  | HeaderLine
  | AccountLine
  | RoomLine
  | ReadMarkerLine
  | SeenMarkLine
  | ServerBanLine
  | StayLine
  | StayRoomLine
  | ConversationLine
  | EventLine
  | EndLine;

/** Counts for lines, from none. */
export function noCounts(): { -readonly [Kind in keyof Counts]: number } {
  return {
    accounts: 0,
    rooms: 0,
    readMarkers: 0,
    seenMarks: 0,
    serverBans: 0,
    stays: 0,
    stayRooms: 0,
    conversations: 0,
    messages: 0,
    happenings: 0,
  };
}
