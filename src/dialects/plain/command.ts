import type { PlainSession } from './session.ts';

/** A slash command: what can be said of it without running it, and what it does. */
export interface PlainCommand {
  /** Without the slash, in lower case. */
  readonly name: string;
  /** How many words come first, each on its own; what follows them is one text. */
  readonly words: number;
  /** The least number of arguments (words and text) that it can do with. */
  readonly min: number;
  /** What it takes from the session's allowance; a message costs 1. */
  readonly cost: number;
  /** Whether people may type a password behind it. */
  readonly takesPassword?: boolean;
  readonly help: { readonly usage: string; readonly summary: string };
  /** @param args as many as were given, none of them empty. */
  run(plain: PlainSession, args: readonly string[]): void;
}

export function definePlainCommand(command: PlainCommand): PlainCommand {
  return command;
}
