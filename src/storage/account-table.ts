import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import {
  DEFAULT_ACCOUNT_SETTINGS,
  type Account,
  type AccountSettings,
  type Credentials,
  type Suspension,
} from '../domain/account.ts';
import { nickKey, type NickKey } from '../domain/nick.ts';

/** Accounts, each with all that belongs to it. */
export class AccountTable {
  readonly #put: StatementSync;
  readonly #delete: StatementSync;
  readonly #all: StatementSync;

  constructor(database: DatabaseSync) {
    this.#put = database.prepare(
      `INSERT OR REPLACE INTO accounts
         (id, name, created_at, last_seen_at, credentials, suspension, settings, nicks, fingerprints)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#delete = database.prepare('DELETE FROM accounts WHERE id = ?');
    this.#all = database.prepare('SELECT * FROM accounts ORDER BY id');
  }

  /** Writes an account as it is now. */
  put(account: Account): void {
    const { id, name, createdAt, lastSeenAt, credentials, suspension, settings, nicks, fingerprints } = account;
    this.#put.run(
      id,
      name,
      createdAt,
      lastSeenAt,
      credentials === undefined ? null : JSON.stringify(credentials),
      suspension === undefined ? null : JSON.stringify(suspension),
      JSON.stringify(settings),
      JSON.stringify([...nicks]),
      JSON.stringify([...fingerprints]),
    );
  }

  delete(id: number): void {
    this.#delete.run(id);
  }

  *all(): Generator<Account> {
    for (const row of this.#all.iterate()) {
      const name = String(row['name']);
      yield {
        id: Number(row['id']),
        name,
        key: nickKey(name),
        createdAt: Number(row['created_at']),
        lastSeenAt: Number(row['last_seen_at']),
        credentials: parsed(row['credentials']) as Credentials | undefined,
        suspension: parsed(row['suspension']) as Suspension | undefined,
        settings: { ...DEFAULT_ACCOUNT_SETTINGS, ...(parsed(row['settings']) as Partial<AccountSettings>) },
        nicks: new Map(parsed(row['nicks']) as [NickKey, string][]),
        fingerprints: new Set(parsed(row['fingerprints']) as string[]),
      };
    }
  }
}

function parsed(column: SQLOutputValue | undefined): unknown {
  return column === null || column === undefined ? undefined : JSON.parse(String(column));
}
