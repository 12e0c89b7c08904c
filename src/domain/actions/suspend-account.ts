import { defineAccountAction } from '../account-action.ts';
import { expelSession } from '../departure.ts';
import { ok } from '../result.ts';

/** Nobody may log in to an account, and whoever is here with it is put off the server. It keeps what belongs to it. */
export const suspendAccount = defineAccountAction<{ readonly reason: string }>({
  name: 'suspend-account',
  by: 'operator',
  what: 'suspension',
  run({ chat, account, input: { reason }, actor, moment }) {
    const by = actor.persona;
    account.suspension = { reason, by: by.name, at: moment.at };
    const told = reason === '' ? 'account suspended' : `account suspended: ${reason}`;
    const expel = { by, reason: told, isBanned: false };
    return ok(chat.sessionsOf(account).flatMap((session) => expelSession(chat, session, expel, moment)));
  },
});
