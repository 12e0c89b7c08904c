import { identityOf, type Account } from './account.ts';
import type { Chat } from './chat.ts';
import { nickKey } from './nick.ts';
import { sessionId, type Persona, type Session } from './session.ts';

/** The session of somebody who is not here. */
const NO_SESSION = sessionId('');

/** Whoever takes what is said to a nick: the one who has it, or the owner of the account that it belongs to. */
export function listenerOf(chat: Chat, name: string): Session | undefined {
  const found = chat.find(name);
  if (found !== undefined) return found;
  const owner = chat.nickOwners.get(nickKey(name));
  return owner === undefined ? undefined : chat.sessionsOf(owner).find(({ isPresent }) => isPresent);
}

/** The account that a nick belongs to and that can be written to although nobody is here with it. */
export function absentOwner(chat: Chat, name: string): Account | undefined {
  const owner = chat.nickOwners.get(nickKey(name));
  return owner?.suspension === undefined ? owner : undefined;
}

/** Whom somebody writes to who is not here. */
export function absentPersona(account: Account, nick: string): Persona {
  const key = nickKey(nick);
  const name = account.nicks.get(key) ?? account.name;
  return {
    session: NO_SESSION,
    name,
    key,
    isNamed: true,
    label: name,
    user: '*',
    host: '*',
    realName: name,
    account: account.name,
    identity: identityOf(account),
    isBot: false,
  };
}
