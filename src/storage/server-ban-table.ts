import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Chat } from '../domain/chat.ts';
import { parseNetwork, serverBanKey, type ServerBan, type ServerBanKind } from '../domain/server-ban.ts';

/** A ban as the database has it. */
export type KeptServerBan = Omit<ServerBan, 'network'>;

/** Bans from the server that are in force. */
export class ServerBanTable {
  readonly #put: StatementSync;
  readonly #add: StatementSync;
  readonly #delete: StatementSync;
  readonly #deleteOver: StatementSync;
  readonly #all: StatementSync;

  constructor(database: DatabaseSync) {
    const row = 'INTO server_bans (key, kind, mask, reason, set_by, set_at, until) VALUES (?, ?, ?, ?, ?, ?, ?)';
    this.#put = database.prepare(`INSERT OR REPLACE ${row}`);
    this.#add = database.prepare(`INSERT OR IGNORE ${row}`);
    this.#delete = database.prepare('DELETE FROM server_bans WHERE key = ?');
    this.#deleteOver = database.prepare('DELETE FROM server_bans WHERE until <= ?');
    this.#all = database.prepare('SELECT * FROM server_bans ORDER BY set_at, key');
  }

  put(ban: ServerBan): void {
    this.#put.run(...rowOf(ban));
  }

  /** Adds a ban unless there is one for the same mask. True if there was none. */
  import(ban: KeptServerBan): boolean {
    return this.#add.run(...rowOf(ban)).changes === 1;
  }

  /** All of them, the oldest first. */
  *all(): Generator<KeptServerBan> {
    for (const row of this.#all.iterate()) {
      yield {
        kind: String(row['kind']) as ServerBanKind,
        mask: String(row['mask']),
        reason: String(row['reason']),
        by: String(row['set_by']),
        at: Number(row['set_at']),
        until: row['until'] === null ? undefined : Number(row['until']),
      };
    }
  }

  delete({ kind, mask }: ServerBan): void {
    this.#delete.run(serverBanKey(kind, mask));
  }

  /** Those that are over are forgotten. @param at milliseconds since 1970. */
  restore({ serverBans }: Chat, at: number): void {
    this.#deleteOver.run(at);
    for (const ban of this.all()) {
      const network = ban.kind === 'network' ? parseNetwork(ban.mask) : undefined;
      serverBans.set(serverBanKey(ban.kind, ban.mask), { ...ban, network });
    }
  }
}

function rowOf({ kind, mask, reason, by, at, until }: KeptServerBan) {
  return [serverBanKey(kind, mask), kind, mask, reason, by, at, until ?? null] as const;
}
