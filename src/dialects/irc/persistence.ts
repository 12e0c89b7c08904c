import { body } from './line.ts';
import type { IrcSession } from './session.ts';

/** What an account has chosen for when none of its clients is connected, and what comes of it (draft/persistence). */
export function sendPersistence(irc: IrcSession): void {
  const account = irc.me?.account;
  if (account === undefined) return;
  const { isAlwaysOn } = account.settings;
  const chosen = isAlwaysOn === undefined ? 'DEFAULT' : isAlwaysOn ? 'ON' : 'OFF';
  const effective = isAlwaysOn === true ? 'ON' : 'OFF';
  irc.line({ tags: [], body: body(irc.options.serverName, 'PERSISTENCE', 'STATUS', chosen, effective) });
}
