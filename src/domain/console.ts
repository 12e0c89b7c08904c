import { visitIdentity } from './conversation.ts';
import { nickKey } from './nick.ts';
import { sessionId, type Session } from './session.ts';
import { EMPTY } from './small-set.ts';

/** Whoever runs the server and does something to it from outside of the chat. */
export const CONSOLE = sessionId('console');

const NAME = 'console';

/** Acts like an operator of the server, and is nobody that others could see: no session of the chat. */
export function consoleSession(at: number): Session {
  return {
    id: CONSOLE,
    persona: {
      session: CONSOLE,
      name: NAME,
      key: nickKey(NAME),
      isNamed: true,
      label: NAME,
      user: NAME,
      host: NAME,
      realName: NAME,
      account: undefined,
      identity: visitIdentity(NAME),
      isBot: false,
    },
    account: undefined,
    isPresent: false,
    devices: new Map(),
    isExpelled: false,
    address: '',
    isSecure: true,
    certificateFingerprint: undefined,
    rooms: new Map(),
    flags: new Set(['operator']),
    invitations: EMPTY,
    accepted: EMPTY,
    away: undefined,
    connectedAt: at,
    activeAt: at,
  };
}
