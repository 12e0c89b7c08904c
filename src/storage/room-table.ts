import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Chat } from '../domain/chat.ts';
import type { RoomName } from '../domain/room-name.ts';
import type { Role } from '../domain/role.ts';
import type { Room } from '../domain/room.ts';
import { applyRoomState, roomState, type RoomState } from './room-state.ts';

/** What is kept of a room that belongs to somebody, as JSON. */
interface State extends RoomState {
  readonly access: readonly [account: number, role: Role][];
  readonly keptDays?: number | undefined;
  readonly keptMessages?: number | undefined;
}

/** Rooms that belong to accounts, with all that is set in them. */
export class RoomTable {
  readonly #put: StatementSync;
  readonly #delete: StatementSync;
  readonly #all: StatementSync;

  constructor(database: DatabaseSync) {
    this.#put = database.prepare(
      'INSERT OR REPLACE INTO rooms (name, title, created_at, founder, registered_at, state) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#delete = database.prepare('DELETE FROM rooms WHERE name = ?');
    this.#all = database.prepare('SELECT * FROM rooms ORDER BY registered_at');
  }

  /** Writes a room as it is now, if it belongs to somebody. */
  put(room: Room | undefined): void {
    if (room?.registration === undefined) return;
    const { founder, registeredAt, access, kept } = room.registration;
    const state: State = { ...roomState(room), access: [...access], keptDays: kept.days, keptMessages: kept.messages };
    this.#put.run(room.name, room.title, room.createdAt, founder.id, registeredAt, JSON.stringify(state));
  }

  delete(name: RoomName): void {
    this.#delete.run(name);
  }

  /** Puts all of them into a chat, whose accounts are there already. A room whose founder is gone is nobody's. */
  restore(chat: Chat): void {
    const accounts = new Map([...chat.accounts.values()].map((account) => [account.id, account]));
    for (const row of this.#all.iterate()) {
      const founder = accounts.get(Number(row['founder']));
      if (founder === undefined) continue;
      const name = { key: String(row['name']) as RoomName, title: String(row['title']) };
      const room =
        chat.rooms.get(name.key) ?? chat.addRoom(name, { isPermanent: false, at: Number(row['created_at']) });
      const state = JSON.parse(String(row['state'])) as State;
      applyRoomState(room, state);
      const registeredAt = Number(row['registered_at']);
      const kept = { days: state.keptDays, messages: state.keptMessages };
      room.registration = { founder, access: new Map(state.access), registeredAt, kept };
    }
  }
}
