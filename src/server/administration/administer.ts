import { existsSync, mkdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Settings } from '../../config/settings.ts';
import { refuse, type Result } from '../../domain/result.ts';
import { StorageFault } from '../../storage/storage-fault.ts';
import { holdData, type HeldData } from '../held-data.ts';
import { databaseFile } from '../open-storage.ts';
import { askServer } from './ask-server.ts';
import { closedOffice } from './closed-office.ts';
import { controlPath } from './control-protocol.ts';
import type { Asker, Operation } from './operation.ts';

/** How often it is tried to reach a server that is starting or stopping, and how long it is waited in between. */
const TRIES = 50;
const PAUSE_MS = 100;

/**
 * Has an operation done: by the server that runs on the data directory, or here when there is none. Both are the same
 * operation on the same office.
 * @param isNew whether it is all right that there is no database yet.
 */
export async function administer<Input, Output>(
  settings: Settings,
  operation: Operation<Input, Output>,
  input: Input,
  asker: Asker & { readonly isNew?: boolean },
): Promise<Result<Output, string>> {
  const { data } = settings;
  if (asker.isNew === true) mkdirSync(data, { recursive: true });
  else if (!existsSync(databaseFile(settings))) return refuse(`there is no database in ${data}`);
  for (let tries = 0; tries < TRIES; tries++) {
    const answer = await askServer(controlPath(data), { operation: operation.name, input }, asker);
    // What crosses the socket is what the same operation gives.
    if (answer !== undefined) return answer as Result<Output, string>;
    const held = holdData(settings, 0);
    if (held.ok) return performHere(settings, held.value, operation, input, asker);
    if (held.error.kind === 'fault') return refuse(faultProblem(data, held.error.fault));
    await pause(PAUSE_MS);
  }
  return refuse(`${data} is in use by another program, or by a server that cannot be reached in a folder so deep`);
}

async function performHere<Input, Output>(
  settings: Settings,
  { storage, release }: HeldData,
  operation: Operation<Input, Output>,
  input: Input,
  asker: Asker,
): Promise<Result<Output, string>> {
  try {
    return await operation.perform(closedOffice(settings, storage), input, asker);
  } catch (fault) {
    return refuse(faultProblem(settings.data, StorageFault.from(fault)));
  } finally {
    release();
  }
}

function faultProblem(data: string, { code, message }: StorageFault): string {
  return `cannot use the database in ${data} (${code}): ${message}`;
}
