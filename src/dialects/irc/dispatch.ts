import type { IrcMessage } from '../../protocol/irc/message.ts';
import type { IrcCommand } from './command.ts';
import { middle } from './refusal-numerics.ts';
import type { IrcSession } from './session.ts';

/** Everything that can be said from a command's declaration: there is none, too soon, too late, too little, not for you. */
export function dispatch(irc: IrcSession, command: IrcCommand | undefined, message: IrcMessage): void {
  const { params } = message;
  if (!irc.isRegistered && (command === undefined || command.stage === 'registered')) {
    return irc.numeric('ERR_NOTREGISTERED', 'You have not registered');
  }
  if (command === undefined) return irc.numeric('ERR_UNKNOWNCOMMAND', middle(message.command), 'Unknown command');
  if (command.stage === 'registering' && irc.isRegistered) {
    return irc.numeric('ERR_ALREADYREGISTRED', 'You may not reregister');
  }
  if (params.length < command.params.min) {
    return irc.numeric('ERR_NEEDMOREPARAMS', middle(message.command), 'Not enough parameters');
  }
  if (command.forOperators === true && irc.me?.flags.has('operator') !== true) {
    return irc.numeric('ERR_NOPRIVILEGES', "Permission Denied- You're not an IRC operator");
  }
  return command.run(irc, params, message);
}
