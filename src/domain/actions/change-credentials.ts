import type { Credentials } from '../account.ts';
import { defineAccountAction } from '../account-action.ts';
import { ok } from '../result.ts';

/** Changes the password of an account. Whoever is logged in to it stays so. */
export const changeCredentials = defineAccountAction<{ readonly credentials: Credentials }>({
  name: 'change-credentials',
  by: 'owner',
  what: 'credentials',
  run({ account, input }) {
    account.credentials = input.credentials;
    return ok([]);
  },
});
