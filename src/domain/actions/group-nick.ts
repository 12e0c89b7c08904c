import { defineAccountAction } from '../account-action.ts';
import type { Nick } from '../nick.ts';
import { ok, refuse } from '../result.ts';

/** Nicks that one account may have. */
const MAX_NICKS = 16;

/** One more nick belongs to an account. Nobody else may be called so at the time. */
export const groupNick = defineAccountAction<{ readonly nick: Nick }>({
  name: 'group-nick',
  by: 'owner',
  what: 'nicks',
  run({ chat, account, input: { nick } }) {
    const owner = chat.accountOf(nick);
    if (owner !== undefined && owner !== account) return refuse({ kind: 'nick-owned', nick: nick.name });
    const holders = [chat.nicks.get(nick.key), chat.looks.get(nick.look)];
    if (holders.some((holder) => holder !== undefined && holder.account !== account)) {
      return refuse({ kind: 'nick-taken', nick: nick.name });
    }
    if (!account.nicks.has(nick.key) && account.nicks.size >= MAX_NICKS) {
      return refuse({ kind: 'too-many-nicks', max: MAX_NICKS });
    }
    chat.changeAccount(account, () => account.nicks.set(nick.key, nick.name));
    return ok([]);
  },
});
