import type { Chat } from './chat.ts';
import type { Nick } from './nick.ts';
import type { OneRefusal } from './refusal.ts';
import type { Session } from './session.ts';

/** Why somebody cannot have a nick: another has it, or it belongs to an account that they are not logged in to. */
export function nickRefusal(chat: Chat, session: Session, nick: Nick): OneRefusal | undefined {
  if (chat.isTaken(nick, session)) return { kind: 'nick-taken', nick: nick.name };
  const owner = chat.accountOf(nick);
  return owner === undefined || owner === session.account ? undefined : { kind: 'nick-owned', nick: nick.name };
}
