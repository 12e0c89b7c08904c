import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Chat } from '../domain/chat.ts';
import { parseNetwork, serverBanKey, type ServerBan, type ServerBanKind } from '../domain/server-ban.ts';

/** Bans from the server that are in force. */
export class ServerBanTable {
  readonly #put: StatementSync;
  readonly #delete: StatementSync;
  readonly #deleteOver: StatementSync;
  readonly #all: StatementSync;

  constructor(database: DatabaseSync) {
    this.#put = database.prepare(
      'INSERT OR REPLACE INTO server_bans (key, kind, mask, reason, set_by, set_at, until) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.#delete = database.prepare('DELETE FROM server_bans WHERE key = ?');
    this.#deleteOver = database.prepare('DELETE FROM server_bans WHERE until <= ?');
    this.#all = database.prepare('SELECT * FROM server_bans ORDER BY set_at, key');
  }

  put({ kind, mask, reason, by, at, until }: ServerBan): void {
    this.#put.run(serverBanKey(kind, mask), kind, mask, reason, by, at, until ?? null);
  }

  delete({ kind, mask }: ServerBan): void {
    this.#delete.run(serverBanKey(kind, mask));
  }

  /** Those that are over are forgotten. @param at milliseconds since 1970. */
  restore({ serverBans }: Chat, at: number): void {
    this.#deleteOver.run(at);
    for (const row of this.#all.iterate()) {
      const [kind, mask] = [String(row['kind']) as ServerBanKind, String(row['mask'])];
      serverBans.set(String(row['key']), {
        kind,
        mask,
        reason: String(row['reason']),
        by: String(row['set_by']),
        at: Number(row['set_at']),
        until: row['until'] === null ? undefined : Number(row['until']),
        network: kind === 'network' ? parseNetwork(mask) : undefined,
      });
    }
  }
}
