import { refuse, ok, type Result } from '../domain/result.ts';
import type { Settings } from '../config/settings.ts';
import { DataLock } from '../storage/data-lock.ts';
import type { Storage } from '../storage/storage.ts';
import { StorageFault } from '../storage/storage-fault.ts';
import { openStorage } from './open-storage.ts';

/** A data directory that this process has to itself, with its database. */
export interface HeldData {
  readonly storage: Storage;
  /** Closes the database and lets others have the directory. */
  readonly release: () => void;
}

export type HoldProblem = { readonly kind: 'in-use' } | { readonly kind: 'fault'; readonly fault: StorageFault };

/** Takes a data directory, which must be there, for this process alone. Blocks for at most `waitMs` if another has it. */
export function holdData(settings: Settings, waitMs: number): Result<HeldData, HoldProblem> {
  let lock: DataLock | undefined;
  try {
    lock = DataLock.take(settings.data, waitMs);
    if (lock === undefined) return refuse({ kind: 'in-use' });
    const storage = openStorage(settings);
    return ok({ storage, release: () => release(storage, lock) });
  } catch (error) {
    lock?.release();
    return refuse({ kind: 'fault', fault: StorageFault.from(error) });
  }
}

function release(storage: Storage, lock: DataLock | undefined): void {
  storage.close();
  lock?.release();
}
