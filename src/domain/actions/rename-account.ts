import { defineAccountAction } from '../account-action.ts';
import type { Nick } from '../nick.ts';
import { loggedInEvents } from '../presence.ts';
import { ok, refuse } from '../result.ts';

/** An account gets another name, and stays the same account. The old name is free, as a nick too. */
export const renameAccount = defineAccountAction<{ readonly name: Nick }>({
  name: 'rename-account',
  by: 'owner',
  what: 'name',
  run({ chat, account, input: { name }, moment }) {
    const owner = chat.accountOf(name);
    if (owner !== undefined && owner !== account) return refuse({ kind: 'account-taken', account: name.name });
    const holders = [chat.nicks.get(name.key), chat.looks.get(name.look)];
    if (holders.some((holder) => holder !== undefined && holder.account !== account)) {
      return refuse({ kind: 'nick-taken', nick: name.name });
    }
    chat.changeAccount(account, () => {
      account.nicks.delete(account.key);
      account.nicks.set(name.key, name.name);
      account.name = name.name;
      account.key = name.key;
    });
    return ok(
      chat.sessionsOf(account).flatMap((session) => {
        chat.changePersona(session, { ...session.persona, account: account.name });
        return loggedInEvents(chat, session, account, moment);
      }),
    );
  },
});
