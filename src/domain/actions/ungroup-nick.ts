import { defineAccountAction } from '../account-action.ts';
import { nickKey } from '../nick.ts';
import { ok, refuse } from '../result.ts';

/** A nick, in any spelling, belongs to an account no longer. Its own name always does. */
export const ungroupNick = defineAccountAction<{ readonly nick: string }>({
  name: 'ungroup-nick',
  by: 'owner',
  what: 'nicks',
  run({ chat, account, input: { nick } }) {
    const key = nickKey(nick);
    if (key === account.key) return refuse({ kind: 'nick-is-account', nick: account.name });
    if (!account.nicks.has(key)) return refuse({ kind: 'nick-not-grouped', nick });
    chat.changeAccount(account, () => account.nicks.delete(key));
    return ok([]);
  },
});
