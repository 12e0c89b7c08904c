import { isAlwaysOn } from '../../domain/account.ts';
import { body } from './line.ts';
import type { IrcSession } from './session.ts';

/** What an account has chosen for when none of its clients is connected, and what comes of it (draft/persistence). */
export function sendPersistence(irc: IrcSession): void {
  const account = irc.me?.account;
  if (account === undefined) return;
  const { isAlwaysOn: choice } = account.settings;
  const chosen = choice === undefined ? 'DEFAULT' : choice ? 'ON' : 'OFF';
  const effective = isAlwaysOn(irc.host.chat, account) ? 'ON' : 'OFF';
  irc.line({ tags: [], body: body(irc.options.serverName, 'PERSISTENCE', 'STATUS', chosen, effective) });
}
