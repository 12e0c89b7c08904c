import { z } from 'zod';
import type { Suspension } from '../../../domain/account.ts';
import { ok } from '../../../domain/result.ts';
import { defineOperation } from '../operation.ts';

/** What is told of an account. Times are milliseconds since 1970. */
export interface AccountEntry {
  readonly name: string;
  readonly nicks: readonly string[];
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly suspension: Suspension | undefined;
  /** Sessions that are logged in to it. */
  readonly sessions: number;
}

/** Lists accounts by name. */
export const accountList = defineOperation({
  name: 'account-list',
  input: z.object({}),
  async run({ chat }) {
    const sessions = new Map<number, number>();
    for (const { account } of chat.sessions.values()) {
      if (account !== undefined) sessions.set(account.id, (sessions.get(account.id) ?? 0) + 1);
    }
    const entries = [...chat.accounts.values()].map((account): AccountEntry => {
      const { id, name, nicks, createdAt, lastSeenAt, suspension } = account;
      return { name, nicks: [...nicks.values()], createdAt, lastSeenAt, suspension, sessions: sessions.get(id) ?? 0 };
    });
    return ok(entries.toSorted((one, other) => (one.name < other.name ? -1 : 1)));
  },
});
