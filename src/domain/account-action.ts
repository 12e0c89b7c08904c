import type { Account } from './account.ts';
import { defineAction, type Action, type Moment } from './action.ts';
import type { Chat } from './chat.ts';
import type { AccountChanged, Event } from './event.ts';
import type { NickKey } from './nick.ts';
import type { Refusal } from './refusal.ts';
import { ok, refuse, type Result } from './result.ts';
import type { Session } from './session.ts';

/** What every action on an account is told. */
export interface OfAccount {
  readonly account: NickKey;
}

export interface AccountChange<Input> {
  readonly chat: Chat;
  readonly account: Account;
  readonly input: Input;
  readonly actor: Session;
  readonly moment: Moment;
}

/**
 * Declares an action that changes something of an account that is to be kept. An owner's may be done by whoever is logged
 * in to it and by operators of the server, an operator's by those alone.
 */
export function defineAccountAction<Input>(definition: {
  readonly name: string;
  readonly by: 'owner' | 'operator';
  readonly what: AccountChanged['what'];
  /** Gives the events that come of it besides that the account has changed, or refuses and changes nothing. */
  readonly run: (change: AccountChange<Input>) => Result<readonly Event[], Refusal>;
}): Action<Input & OfAccount> {
  return defineAction<Input & OfAccount>({
    name: definition.name,
    run(chat, actor, input, moment) {
      const found = findOwnAccount(chat, actor, input.account, definition.by);
      if (!found.ok) return found;
      if (moment.cannotKeep === true) return refuse({ kind: 'not-kept' });
      const account = found.value;
      const outcome = definition.run({ chat, account, input, actor, moment });
      if (!outcome.ok) return outcome;
      const audience = { kind: 'sessions', sessions: [] } as const;
      const changed = { kind: 'account-changed', audience, by: actor.persona, account, ...moment } as const;
      return ok([{ ...changed, what: definition.what }, ...outcome.value]);
    },
  });
}

/** An account that somebody may change. */
export function findOwnAccount(
  chat: Chat,
  actor: Session,
  key: NickKey,
  by: 'owner' | 'operator',
): Result<Account, Refusal> {
  const isOperator = actor.flags.has('operator');
  if (by === 'operator' && !isOperator) return refuse({ kind: 'not-server-operator' });
  const account = chat.accounts.get(key);
  if (account === undefined) return refuse({ kind: 'no-such-account', account: key });
  return isOperator || actor.account === account
    ? ok(account)
    : refuse({ kind: 'not-your-account', account: account.name });
}
