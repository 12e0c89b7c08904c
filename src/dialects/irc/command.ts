import type { IrcMessage } from '../../protocol/irc/message.ts';
import type { IrcSession } from './session.ts';

/** When a command may be used: before registration is complete, after it, or both. */
export type Stage = 'registering' | 'registered' | 'any';

/** An IRC command: what can be said of it without running it, and what it does. */
export interface IrcCommand {
  readonly verb: string;
  readonly params: { readonly min: number };
  readonly stage: Stage;
  /** What it takes from the session's allowance; a message costs 1. */
  readonly cost: number;
  /** Whether clients send it for each of their channels as they arrive, so that a number of those is not too fast. */
  readonly isOfArriving?: boolean;
  /** Whether only operators of the server may use it. */
  readonly forOperators?: boolean;
  readonly help: { readonly usage: string; readonly summary: string };
  run(irc: IrcSession, params: readonly string[], message: IrcMessage): void;
  /** Says that it came too fast, where it has words of its own for that. */
  tooFast?(irc: IrcSession, params: readonly string[], retryMs: number): void;
}

export function defineIrcCommand(command: IrcCommand): IrcCommand {
  return command;
}
