import { DEFAULT_ACCOUNT_SETTINGS, type Account, type Credentials } from '../account.ts';
import { defineAction } from '../action.ts';
import type { Chat } from '../chat.ts';
import type { Nick } from '../nick.ts';
import type { OneRefusal } from '../refusal.ts';
import { ok, refuse } from '../result.ts';
import type { SessionId } from '../session.ts';

export interface RegisterAccount {
  readonly name: Nick;
  /** Undefined for an account that is entered by certificate alone. */
  readonly credentials: Credentials | undefined;
  readonly fingerprint?: string | undefined;
  readonly email?: string | undefined;
}

/** Makes an account. Its name is a nick that belongs to it from now on, so nobody else may be called so at the time. */
export const registerAccount = defineAction<RegisterAccount>({
  name: 'register-account',
  run(chat, actor, { name, credentials, fingerprint, email }, moment) {
    const refusal = registrationRefusal(chat, actor.id, name);
    if (refusal !== undefined) return refuse(refusal);
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
      settings: { ...DEFAULT_ACCOUNT_SETTINGS, email },
      lastSeenAt: moment.at,
    };
    chat.addAccount(account);
    const audience = { kind: 'sessions', sessions: [] } as const;
    return ok([{ kind: 'account-changed', audience, by: actor.persona, account, what: 'registered', ...moment }]);
  },
});

/** Why somebody cannot make an account of a name: it belongs to one, or another has it as a nick. */
export function registrationRefusal(chat: Chat, session: SessionId, name: Nick): OneRefusal | undefined {
  if (chat.accountOf(name) !== undefined) return { kind: 'account-taken', account: name.name };
  const isHeld = chat.isTaken(name, chat.sessions.get(session));
  return isHeld ? { kind: 'nick-taken', nick: name.name } : undefined;
}
