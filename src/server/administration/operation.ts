import type { z } from 'zod';
import type { Settings } from '../../config/settings.ts';
import type { Action } from '../../domain/action.ts';
import type { Chat } from '../../domain/chat.ts';
import type { Passwords } from '../../domain/passwords.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { refuse, type Result } from '../../domain/result.ts';
import type { PruningStep, Storage } from '../../storage/storage.ts';

/** What whoever runs the server works on: the chat of a server that runs, or a database that nobody serves. */
export interface Office {
  readonly settings: Settings;
  /** To read from; changed by `act` alone. */
  readonly chat: Chat;
  readonly storage: Storage;
  readonly passwords: Passwords;
  /** Does something to the chat. When it settles, what came of it is durable and everybody has been told. */
  readonly act: <Input>(action: Action<Input>, input: Input) => Promise<Result<undefined, Refusal>>;
  /**
   * Takes away now what is to be taken away, from the database, the index of words and the log of what was written last.
   * False when something of it is still in a file. Rejects with a `StorageFault`, and with the reason of the signal.
   */
  readonly prune: (asker: Pick<Asker, 'signal'>, stepped: (step: PruningStep) => void) => Promise<boolean>;
}

/** How far something has come. */
export interface Progress {
  /** What is counted, such as "messages". */
  readonly unit: string;
  readonly done: number;
  /** Undefined while nobody knows. */
  readonly total?: number | undefined;
}

/** What an operation has to do with whoever asked for it. */
export interface Asker {
  /** Aborted when nobody waits for the outcome any more. Asked between steps; a step that was begun is finished. */
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
}

/** Something that whoever runs the server can have done. Its problems are sentences without an end. */
export interface Operation<Input, Output> {
  readonly name: string;
  /** @param input comes from another process, and is checked. */
  perform(office: Office, input: unknown, asker: Asker): Promise<Result<Output, string>>;
  /** Holds the type of the input for those who ask; never called. */
  readonly accepts?: (input: Input) => void;
}

/** Declares an operation. What it gives has to survive being written as JSON. */
export function defineOperation<Input, Output>(definition: {
  readonly name: string;
  readonly input: z.ZodType<Input>;
  readonly run: (office: Office, input: Input, asker: Asker) => Promise<Result<Output, string>>;
}): Operation<Input, Output> {
  const { name, input: type, run } = definition;
  return {
    name,
    async perform(office, input, asker) {
      const parsed = type.safeParse(input);
      return parsed.success ? run(office, parsed.data, asker) : refuse(`not an input of ${name}`);
    },
  };
}
