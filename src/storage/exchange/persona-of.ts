import type { Identity } from '../../domain/conversation.ts';
import { nickKey } from '../../domain/nick.ts';
import { sessionId, type Persona } from '../../domain/session.ts';
import type { PersonFacts } from './export-format.ts';

/** Somebody of an export, under the identity that they have here. */
export function personaOf(facts: PersonFacts, identity: Identity): Persona {
  const { name, account, user = '', host = '', realName = '', label = '', isGuest = false, isBot = false } = facts;
  return {
    session: sessionId(''),
    name,
    key: nickKey(name),
    isNamed: !isGuest,
    label,
    user,
    host,
    realName,
    account,
    identity,
    isBot,
  };
}
