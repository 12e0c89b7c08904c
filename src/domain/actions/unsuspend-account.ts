import { defineAccountAction } from '../account-action.ts';
import { ok, refuse } from '../result.ts';

/** An account that was suspended may be logged in to again. */
export const unsuspendAccount = defineAccountAction<unknown>({
  name: 'unsuspend-account',
  by: 'operator',
  what: 'suspension',
  run({ account }) {
    if (account.suspension === undefined) return refuse({ kind: 'not-suspended', account: account.name });
    account.suspension = undefined;
    return ok([]);
  },
});
