import { defineAction } from '../action.ts';
import { leaveAccount } from '../guest-again.ts';
import { ok, refuse } from '../result.ts';

/** Acts for one's account no longer, on none of one's devices. A nick that belongs to it stays behind. */
export const logOut = defineAction<undefined>({
  name: 'log-out',
  run: (chat, actor, _input, moment) =>
    actor.account === undefined ? refuse({ kind: 'not-logged-in' }) : ok(leaveAccount(chat, actor, moment)),
});
