import { matchesMask } from '../../domain/mask.ts';
import { middle } from './refusal-numerics.ts';
import type { IrcSession } from './session.ts';

/**
 * Whether a command that names a server means this one, the only one there is: by its name, by a mask of it, or by the
 * nick of somebody on it (RFC 2812 section 3.4). Tells the client when it does not.
 */
export function isThisServer(irc: IrcSession, target: string | undefined): boolean {
  if (target === undefined || target === '') return true;
  if (matchesMask(target, irc.options.serverName) || irc.host.chat.find(target) !== undefined) return true;
  irc.numeric('ERR_NOSUCHSERVER', middle(target), 'No such server');
  return false;
}
