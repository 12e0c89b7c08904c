import { fullName } from '../../../domain/mask.ts';
import type { IrcSession } from '../session.ts';

/** RPL_LOGGEDIN (IRCv3 sasl-3.1). */
export function sendLoggedIn(irc: IrcSession): void {
  const { account } = irc.me ?? {};
  if (account === undefined) return;
  irc.numeric('RPL_LOGGEDIN', ownMask(irc), account.name, `You are now logged in as ${account.name}`);
}

/** RPL_LOGGEDOUT. */
export function sendLoggedOut(irc: IrcSession): void {
  irc.numeric('RPL_LOGGEDOUT', ownMask(irc), 'You are now logged out');
}

/** The client's full name, with what it wants to be called while it is not called anything yet. */
function ownMask(irc: IrcSession): string {
  const persona = irc.me?.persona;
  if (persona === undefined) return '*';
  return irc.isRegistered ? fullName(persona) : `${irc.name}!*@${persona.host}`;
}
