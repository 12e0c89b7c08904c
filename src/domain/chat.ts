import type { Account } from './account.ts';
import { roomConversation } from './conversation.ts';
import type { KeptLimits } from './kept-limits.ts';
import { Metadata } from './metadata.ts';
import { nickKey, type Nick, type NickKey } from './nick.ts';
import { nickLook, type NickLook } from './nick-look.ts';
import { ReadMarkers } from './read-markers.ts';
import type { ParsedRoomName, RoomName } from './room-name.ts';
import type { Room } from './room.ts';
import { SeenMarks } from './seen-marks.ts';
import type { ServerBan } from './server-ban.ts';
import type { Persona, Session, SessionId } from './session.ts';
import { excluding, including } from './small-set.ts';

/** The limits that the rules hold to. */
export interface ChatLimits {
  readonly maxSessions: number;
  readonly maxRooms: number;
  readonly maxRoomsPerSession: number;
  readonly maxTextBytes: number;
  readonly maxTopicBytes: number;
  readonly maxListEntries: number;
  /** Members of a room that can be renamed: each may be told all names anew, which grows with the square of them. */
  readonly maxRenamedMembers: number;
  readonly maxWatched: number;
  readonly maxRoomsPerAccount: number;
  /** Connections that one session may have. */
  readonly maxDevices: number;
  /** How long somebody may take back what they said, in hours; 0 for as long as it is kept. */
  readonly redactHours: number;
  /** Whether accounts are made for whoever asks. */
  readonly takesNewAccounts: boolean;
  /** Whether whoever makes one says where they can be written to. */
  readonly needsEmail: boolean;
  /** Whether those with an account stay on when their last device goes, where they have not chosen. */
  readonly staysByDefault: boolean;
  /** How long somebody may stay on without a device, in milliseconds; undefined for ever. */
  readonly maxUnattendedMs: number | undefined;
  /** Whether what is said is kept, where nobody says otherwise. */
  readonly keepsHistory: boolean;
  /** Of one person, or one room. */
  readonly maxMetadataKeys: number;
  readonly maxMetadataValueBytes: number;
  /** Keys that one device may want to be told of. */
  readonly maxSubscriptions: number;
  /** How much is kept, everywhere. */
  readonly kept: KeptLimits;
}

/** Somebody who was here under a nick, for those who ask later. */
export interface Departed {
  readonly name: string;
  readonly user: string;
  readonly host: string;
  readonly realName: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Names that rooms had, which are remembered until what happened under them has been told and kept. */
const MAX_FORMER_NAMES = 100;

/** Departed people that are remembered. */
const MAX_DEPARTED = 1000;

/** The state of the chat: who is here, under which nick, in which rooms. Actions change it; everyone else reads. */
export class Chat {
  readonly limits: ChatLimits;
  readonly sessions = new Map<SessionId, Session>();
  readonly nicks = new Map<NickKey, Session>();
  /** The same people by what their nicks look like. */
  readonly looks = new Map<NickLook, Session>();
  readonly rooms = new Map<RoomName, Room>();
  readonly #formerNames = new Map<RoomName, Room>();
  /** Accounts by name. */
  readonly accounts = new Map<NickKey, Account>();
  /** Accounts by the nicks that belong to them. */
  readonly nickOwners = new Map<NickKey, Account>();
  /** The same accounts by what those nicks look like. */
  readonly #lookOwners = new Map<NickLook, Account>();
  /** Accounts by the certificates that they are entered with. */
  readonly fingerprintOwners = new Map<string, Account>();
  /** The id of the next account to be made. */
  nextAccountId = 1;
  /** Those that stay when nobody is in them. */
  readonly permanentRooms: readonly Room[];
  /** Who wants to be told when a nick comes or goes. */
  readonly watchers = new Map<NickKey, Set<SessionId>>();
  readonly readMarkers = new ReadMarkers();
  readonly metadata = new Metadata();
  readonly seenMarks = new SeenMarks();
  /** Who may not come to the server at all, by `serverBanKey`. */
  readonly serverBans = new Map<string, ServerBan>();
  /** The last ones to leave, the latest last. */
  readonly departed: Departed[] = [];
  /** How many are here. Kept, because every newcomer is told. */
  readonly census = { present: 0, invisible: 0, operators: 0, mostPresent: 0 };

  /**
   * @param permanentRooms rooms that are there from the start and stay when they are empty.
   * @param at when it starts, in milliseconds since 1970.
   */
  constructor(limits: ChatLimits, permanentRooms: readonly ParsedRoomName[], at: number) {
    this.limits = limits;
    this.permanentRooms = permanentRooms.map((name) => this.addRoom(name, { isPermanent: true, at }));
  }

  /** Whoever is here under a nick, in any spelling. */
  find(name: string): Session | undefined {
    const session = this.nicks.get(nickKey(name));
    return session?.isPresent === true ? session : undefined;
  }

  /** Whether a nick, or one that people would take for it, is somebody else's. */
  isTaken({ key, look }: Nick, by?: Session): boolean {
    const owners = [this.nicks.get(key), this.looks.get(look)];
    return owners.some((owner) => owner !== undefined && owner !== by);
  }

  /** Notes that somebody has a nick, which nobody else has. */
  giveNick(session: Session, { key, look }: Nick): void {
    this.nicks.set(key, session);
    this.looks.set(look, session);
  }

  /** A nick is free again. */
  releaseNick({ name, key }: Persona): void {
    this.nicks.delete(key);
    this.looks.delete(nickLook(name));
  }

  addRoom(name: ParsedRoomName, { isPermanent, at }: { readonly isPermanent: boolean; readonly at: number }): Room {
    const room: Room = {
      name: name.key,
      title: name.title,
      isPermanent,
      createdAt: at,
      everyone: { kind: 'rooms', rooms: [name.key] },
      members: new Map(),
      rosterVersion: 0,
      recordVersion: 0,
      flags: new Set(isPermanent ? ['no-outside-messages'] : ['no-outside-messages', 'topic-locked']),
      lists: { ban: new Map(), 'ban-exception': new Map(), 'invite-exception': new Map() },
      topic: undefined,
      key: undefined,
      maxMembers: undefined,
      forward: undefined,
      joinThrottle: undefined,
      registration: undefined,
      recentJoins: { count: 0, startedAt: 0 },
    };
    this.rooms.set(name.key, room);
    return room;
  }

  /** The room that is called so, or was when something happened that is still to be told or kept. */
  roomThen(name: RoomName): Room | undefined {
    return this.rooms.get(name) ?? this.#formerNames.get(name);
  }

  /** A room has another name from now on, which no other room has. */
  renameRoom(room: Room, { key, title }: ParsedRoomName): void {
    const { name: old } = room;
    room.name = key;
    room.title = title;
    room.everyone = { kind: 'rooms', rooms: [key] };
    room.rosterVersion++;
    room.recordVersion++;
    for (const other of this.rooms.values()) if (other.forward?.key === old) other.forward = { key, title };
    if (key === old) return;
    this.rooms.delete(old);
    this.rooms.set(key, room);
    this.#formerNames.delete(old);
    this.#formerNames.set(old, room);
    const [oldest] = this.#formerNames.keys();
    if (oldest !== undefined && this.#formerNames.size > MAX_FORMER_NAMES) this.#formerNames.delete(oldest);
    for (const { session } of room.members.values()) {
      session.rooms.delete(old);
      session.rooms.set(key, room);
    }
    for (const session of this.sessions.values()) {
      const { invitations } = session;
      if (invitations.has(old)) session.invitations = including(excluding(invitations, [old]), [key]);
    }
    this.readMarkers.move(roomConversation(old), roomConversation(key));
    this.metadata.move(old, key, this.limits.maxMetadataKeys);
  }

  /** Takes somebody out of a room. The room goes with its last member, unless it is to stay; true when it goes. */
  removeMember(room: Room, session: Session): boolean {
    room.members.delete(session.id);
    room.rosterVersion++;
    session.rooms.delete(room.name);
    if (room.members.size > 0 || room.isPermanent || room.registration !== undefined) return false;
    this.metadata.forget(room.name);
    return this.rooms.delete(room.name);
  }

  /** Takes in an account: one that was just made, or that was kept. */
  addAccount(account: Account): void {
    this.accounts.set(account.key, account);
    for (const [key, name] of account.nicks) {
      this.nickOwners.set(key, account);
      this.#lookOwners.set(nickLook(name), account);
    }
    for (const fingerprint of account.fingerprints) this.fingerprintOwners.set(fingerprint, account);
    this.nextAccountId = Math.max(this.nextAccountId, account.id + 1);
  }

  removeAccount(account: Account): void {
    this.accounts.delete(account.key);
    for (const [key, name] of account.nicks) {
      this.nickOwners.delete(key);
      this.#lookOwners.delete(nickLook(name));
    }
    for (const fingerprint of account.fingerprints) this.fingerprintOwners.delete(fingerprint);
  }

  /** Changes an account's name, its nicks or its certificates. */
  changeAccount(account: Account, change: () => void): void {
    this.removeAccount(account);
    change();
    this.addAccount(account);
  }

  /** The account that a nick, or one that people would take for it, belongs to. */
  accountOf({ key, look }: Nick): Account | undefined {
    return this.nickOwners.get(key) ?? this.#lookOwners.get(look);
  }

  /** Whoever is here and logged in to an account. */
  sessionsOf(account: Account): Session[] {
    return [...this.sessions.values()].filter((session) => session.account === account);
  }

  /** Somebody is called or described otherwise from now on. */
  changePersona(session: Session, persona: Persona): void {
    session.persona = persona;
    for (const room of session.rooms.values()) room.rosterVersion++;
  }

  /** Counts somebody who is here, or no longer (-1). Call it with the flags that they had when they were counted. */
  count({ flags }: Session, by: 1 | -1): void {
    const { census } = this;
    census.present += by;
    if (flags.has('invisible')) census.invisible += by;
    if (flags.has('operator')) census.operators += by;
    census.mostPresent = Math.max(census.mostPresent, census.present);
  }

  /** Forgets that somebody was here under any of these nicks. */
  forgetDeparted(nicks: readonly NickKey[]): void {
    const others = this.departed.filter(({ name }) => !nicks.includes(nickKey(name)));
    this.departed.splice(0, this.departed.length, ...others);
  }

  /** Notes that somebody is here no longer under the name they had. */
  remember({ persona }: Session, at: number): void {
    const { name, user, host, realName } = persona;
    this.departed.push({ name, user, host, realName, at });
    if (this.departed.length > MAX_DEPARTED) this.departed.shift();
  }
}
