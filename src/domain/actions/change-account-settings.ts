import { isAlwaysOn, type AccountSettings } from '../account.ts';
import { defineAccountAction } from '../account-action.ts';
import { leaveServer } from '../departure.ts';
import { ok } from '../result.ts';

/** Changes what the owner of an account has chosen. Whoever stays on with it no longer, and has no device, leaves. */
export const changeAccountSettings = defineAccountAction<{ readonly settings: Partial<AccountSettings> }>({
  name: 'change-account-settings',
  by: 'owner',
  what: 'settings',
  run({ chat, account, input, moment }) {
    account.settings = { ...account.settings, ...input.settings };
    if (isAlwaysOn(chat, account)) return ok([]);
    const absent = chat.sessionsOf(account).filter(({ devices }) => devices.size === 0);
    return ok(absent.flatMap((session) => leaveServer(chat, session, '', moment)));
  },
});
