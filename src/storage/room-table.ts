import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Chat } from '../domain/chat.ts';
import type { ParsedRoomName, RoomName } from '../domain/room-name.ts';
import type { Role } from '../domain/role.ts';
import type { JoinThrottle, ListEntry, Room, RoomFlag, RoomList, Topic } from '../domain/room.ts';

/** What is kept of how a room is run, as JSON. */
interface State {
  readonly flags: readonly RoomFlag[];
  readonly lists: Readonly<Record<RoomList, readonly ListEntry[]>>;
  readonly topic?: Topic | undefined;
  readonly key?: string | undefined;
  readonly maxMembers?: number | undefined;
  readonly forward?: ParsedRoomName | undefined;
  readonly joinThrottle?: JoinThrottle | undefined;
  readonly access: readonly [account: number, role: Role][];
  readonly keptDays?: number | undefined;
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
    const { founder, registeredAt, access, keptDays } = room.registration;
    const { flags, lists, topic, key, maxMembers, forward, joinThrottle } = room;
    const state: State = {
      flags: [...flags],
      lists: {
        ban: [...lists.ban.values()],
        'ban-exception': [...lists['ban-exception'].values()],
        'invite-exception': [...lists['invite-exception'].values()],
      },
      topic,
      key,
      maxMembers,
      forward,
      joinThrottle,
      access: [...access],
      keptDays,
    };
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
      room.flags.clear();
      for (const flag of state.flags) room.flags.add(flag);
      for (const [list, entries] of Object.entries(state.lists) as [RoomList, readonly ListEntry[]][]) {
        for (const entry of entries) room.lists[list].set(entry.mask, entry);
      }
      room.topic = state.topic;
      room.key = state.key;
      room.maxMembers = state.maxMembers;
      room.forward = state.forward;
      room.joinThrottle = state.joinThrottle;
      const registeredAt = Number(row['registered_at']);
      room.registration = { founder, access: new Map(state.access), registeredAt, keptDays: state.keptDays };
    }
  }
}
