import { DEFAULT_ACCOUNT_SETTINGS, type Account, type Credentials } from '../account.ts';
import { defineAction } from '../action.ts';
import type { Nick } from '../nick.ts';
import { ok, refuse } from '../result.ts';

export interface RegisterAccount {
  readonly name: Nick;
  /** Undefined for an account that is entered by certificate alone. */
  readonly credentials: Credentials | undefined;
  readonly fingerprint?: string | undefined;
}

/** Makes an account. Its name is a nick that belongs to it from now on, so nobody else may be called so at the time. */
export const registerAccount = defineAction<RegisterAccount>({
  name: 'register-account',
  run(chat, actor, { name, credentials, fingerprint }, moment) {
    if (chat.accounts.has(name.key) || chat.accountOf(name) !== undefined) {
      return refuse({ kind: 'account-taken', account: name.name });
    }
    if (chat.isTaken(name, actor)) return refuse({ kind: 'nick-taken', nick: name.name });
    if (moment.cannotKeep === true) return refuse({ kind: 'not-kept' });
    const account: Account = {
      id: chat.nextAccountId,
      name: name.name,
      key: name.key,
      createdAt: moment.at,
      credentials,
      fingerprints: new Set(fingerprint === undefined ? [] : [fingerprint]),
      nicks: new Map([[name.key, name.name]]),
      suspension: undefined,
      settings: DEFAULT_ACCOUNT_SETTINGS,
      lastSeenAt: moment.at,
    };
    chat.addAccount(account);
    const audience = { kind: 'sessions', sessions: [] } as const;
    return ok([{ kind: 'account-changed', audience, by: actor.persona, account, what: 'registered', ...moment }]);
  },
});
