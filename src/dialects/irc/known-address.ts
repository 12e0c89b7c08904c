import type { Session } from '../../domain/session.ts';
import type { IrcSession } from './session.ts';

/** Where somebody really is, for those who may know: themselves and operators of the server. Undefined for all others. */
export function knownAddress(irc: IrcSession, { id, address }: Session): string | undefined {
  const mayKnow = id === irc.host.session || irc.me?.flags.has('operator') === true;
  if (!mayKnow || address === '') return undefined;
  // A parameter that begins with a colon would be the last one.
  return address.startsWith(':') ? `0${address}` : address;
}
