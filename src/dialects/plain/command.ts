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
  readonly help: {
    /** How it is written, in a word or two behind its name. */
    readonly usage: string;
    /** So short that it fits behind the usage on a line of a terminal. */
    readonly summary: string;
    /** What else is worth knowing. */
    readonly details?: readonly string[];
  };
  /** @param args as many as were given, none of them empty. */
  run(plain: PlainSession, args: readonly string[]): void;
}

export function definePlainCommand(command: PlainCommand): PlainCommand {
  return command;
}
