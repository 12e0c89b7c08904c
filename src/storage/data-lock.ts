import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StorageFault } from './storage-fault.ts';

/** Nothing is ever written to it. */
const FILE = 'lock';

/** Keeps a data directory for one process. The system lets go of it when the process ends, however it ends. */
export class DataLock {
  readonly #database: DatabaseSync;

  private constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /**
   * Takes a data directory, which must be there; undefined when another process has it for longer than `waitMs`. Blocks
   * while it waits. Throws a `StorageFault`.
   */
  static take(folder: string, waitMs: number): DataLock | undefined {
    let database: DatabaseSync | undefined;
    try {
      database = new DatabaseSync(join(folder, FILE), { timeout: waitMs });
      // SQLite's own lock is what is wanted: nothing that Node has is released when a process is killed.
      database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
      return new DataLock(database);
    } catch (error) {
      database?.close();
      const fault = StorageFault.from(error);
      if (fault.code === 'STORAGE_BUSY') return undefined;
      throw fault;
    }
  }

  release(): void {
    if (this.#database.isOpen) this.#database.close();
  }
}
