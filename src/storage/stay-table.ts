import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Chat } from '../domain/chat.ts';
import { isMessage, type KeptEvent } from '../domain/keeping.ts';
import { nickKey } from '../domain/nick.ts';
import type { RoomName } from '../domain/room-name.ts';
import { sessionId, type Session } from '../domain/session.ts';
import { resumeStay, stayOf, type Stay } from '../domain/stay.ts';
import { applyRoomState, roomState, type RoomState } from './room-state.ts';

/** A room that nobody registered, as it is kept. */
export interface StayRoom {
  readonly name: RoomName;
  readonly title: string;
  readonly createdAt: number;
  readonly state: RoomState;
}

/**
 * Who stays on without a device, and the rooms that nobody registered but that are there as long as they are. Written as
 * they are at the end of a transaction, whoever of them its events are about.
 */
export class StayTable {
  readonly #put: StatementSync;
  readonly #delete: StatementSync;
  readonly #deleteOf: StatementSync;
  readonly #deleteAll: StatementSync;
  readonly #all: StatementSync;
  readonly #add: StatementSync;
  readonly #putRoom: StatementSync;
  readonly #deleteRoom: StatementSync;
  readonly #deleteAllRooms: StatementSync;
  readonly #allRooms: StatementSync;
  readonly #addRoom: StatementSync;
  /** Rooms that are kept. */
  readonly #rooms = new Set<RoomName>();
  /** What the events of this transaction are about. */
  #sessions = new Set<Session>();
  #touchedRooms = new Set<RoomName>();

  constructor(database: DatabaseSync) {
    this.#put = database.prepare('INSERT OR REPLACE INTO stays (nick, account, stay) VALUES (?, ?, ?)');
    this.#delete = database.prepare('DELETE FROM stays WHERE nick = ?');
    this.#deleteOf = database.prepare('DELETE FROM stays WHERE account = ?');
    this.#deleteAll = database.prepare('DELETE FROM stays');
    this.#all = database.prepare('SELECT stay FROM stays ORDER BY nick');
    this.#add = database.prepare('INSERT OR IGNORE INTO stays (nick, account, stay) VALUES (?, ?, ?)');
    this.#putRoom = database.prepare(
      'INSERT OR REPLACE INTO stay_rooms (name, title, created_at, state) VALUES (?, ?, ?, ?)',
    );
    this.#deleteRoom = database.prepare('DELETE FROM stay_rooms WHERE name = ?');
    this.#deleteAllRooms = database.prepare('DELETE FROM stay_rooms');
    this.#allRooms = database.prepare('SELECT * FROM stay_rooms ORDER BY name');
    this.#addRoom = database.prepare(
      `INSERT OR IGNORE INTO stay_rooms (name, title, created_at, state)
       SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS (SELECT 1 FROM rooms WHERE name = ?1)`,
    );
  }

  /** Notes whom an event is about, if it changes what is kept of them. */
  note(event: KeptEvent, chat: Chat): void {
    if (isMessage(event) || event.kind === 'marked-read' || event.kind === 'marked-seen') return;
    const { by } = event;
    // Those without an account, nearly all who come and go in a storm of joins, do not stay on.
    if (by.account !== undefined) this.#noteSession(chat.sessions.get(by.session));
    if ('whom' in event) this.#noteSession(chat.sessions.get(event.whom.session));
    if ('room' in event && this.#rooms.has(event.room)) this.#touchedRooms.add(event.room);
    if (event.kind === 'account-removed') this.#deleteOf.run(event.account.id);
    if (event.kind === 'account-changed') for (const one of chat.sessionsOf(event.account)) this.#noteSession(one);
    if (event.kind === 'modes-set') {
      for (const change of event.changes) if (change.kind === 'role') this.#noteSession(chat.find(change.name));
    }
    if (event.kind === 'renamed') this.#delete.run(event.from.key);
    if (event.kind === 'room-renamed') {
      // Everybody in it is kept with the names of their rooms.
      for (const { session } of chat.rooms.get(event.room)?.members.values() ?? []) this.#noteSession(session);
      if (this.#rooms.has(event.oldName.key)) this.#touchedRooms.add(event.oldName.key).add(event.room);
    }
    if (event.kind !== 'disconnected') return;
    if (by.account !== undefined) this.#delete.run(by.key);
    for (const room of event.rooms) if (this.#rooms.has(room)) this.#touchedRooms.add(room);
  }

  /** Writes those who were noted as they are now. */
  write(chat: Chat): void {
    const stays = [...this.#sessions].map((session) => {
      const isHere = chat.sessions.get(session.id) === session;
      return { session, stay: isHere ? stayOf(chat, session) : undefined };
    });
    // A nick may have gone from one of them to another.
    for (const { session, stay } of stays) {
      if (stay === undefined) this.#delete.run(session.persona.key);
      for (const name of session.rooms.keys()) {
        if ((stay === undefined) === this.#rooms.has(name)) this.#touchedRooms.add(name);
      }
    }
    for (const { session, stay } of stays) {
      if (stay !== undefined) this.#put.run(session.persona.key, stay.account, JSON.stringify(stay));
    }
    for (const name of this.#touchedRooms) this.#writeRoom(name, chat);
    this.forget();
  }

  /** Writes all of them anew. */
  writeAll(chat: Chat): void {
    this.#deleteAll.run();
    this.#deleteAllRooms.run();
    this.#rooms.clear();
    for (const session of chat.sessions.values()) this.#noteSession(session);
    this.write(chat);
  }

  /** What was noted has been written, or taken back. */
  forget(): void {
    this.#sessions = new Set();
    this.#touchedRooms = new Set();
  }

  /** Puts all of them into a chat, whose accounts and registered rooms are there already. */
  restore(chat: Chat, at: number): void {
    for (const { name: key, title, createdAt, state } of this.allRooms()) {
      this.#rooms.add(key);
      if (chat.rooms.has(key) || chat.rooms.size >= chat.limits.maxRooms) continue;
      applyRoomState(chat.addRoom({ key, title }, { isPermanent: false, at: createdAt }), state);
    }
    let count = 0;
    for (const stay of this.all()) resumeStay(chat, sessionId(`stay${++count}`), stay, at);
    // They may all have been gone for too long.
    for (const name of this.#rooms) {
      const room = chat.rooms.get(name);
      const isEmpty = room?.members.size === 0 && !room.isPermanent && room.registration === undefined;
      if (isEmpty) chat.rooms.delete(name);
      if (isEmpty || room === undefined) this.#forgetRoom(name);
    }
  }

  /** All who stay on. */
  *all(): Generator<Stay> {
    for (const row of this.#all.iterate()) yield JSON.parse(String(row['stay'])) as Stay;
  }

  /** The rooms that are there because of them alone. */
  *allRooms(): Generator<StayRoom> {
    for (const row of this.#allRooms.iterate()) {
      yield {
        name: String(row['name']) as RoomName,
        title: String(row['title']),
        createdAt: Number(row['created_at']),
        state: JSON.parse(String(row['state'])) as RoomState,
      };
    }
  }

  /** Adds somebody who stayed on elsewhere. False when somebody stays on with that nick here. */
  import(stay: Stay): boolean {
    return this.#add.run(nickKey(stay.name), stay.account, JSON.stringify(stay)).changes === 1;
  }

  /** Adds a room that was there because of them. False when there is one of that name here. */
  importRoom({ name, title, createdAt, state }: StayRoom): boolean {
    return this.#addRoom.run(name, title, createdAt, JSON.stringify(state)).changes === 1;
  }

  #noteSession(session: Session | undefined): void {
    if (session?.account !== undefined) this.#sessions.add(session);
  }

  #writeRoom(name: RoomName, chat: Chat): void {
    const room = chat.rooms.get(name);
    const isTheirs = room !== undefined && room.registration === undefined && !room.isPermanent;
    if (!isTheirs || ![...room.members.values()].some(({ session }) => stayOf(chat, session) !== undefined)) {
      return this.#forgetRoom(name);
    }
    this.#rooms.add(name);
    this.#putRoom.run(name, room.title, room.createdAt, JSON.stringify(roomState(room)));
    return undefined;
  }

  #forgetRoom(name: RoomName): void {
    if (this.#rooms.delete(name)) this.#deleteRoom.run(name);
  }
}
