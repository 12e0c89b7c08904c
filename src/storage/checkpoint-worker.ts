import { statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { OPENING_BUSY_MS, openBeside } from './database.ts';
import { StorageFault, type StorageFaultCode } from './storage-fault.ts';

/** What the worker is told. */
export type CheckpointAsked =
  /** Something was written. `isQuiet`: and then nothing for a while. */
  | { readonly kind: 'look'; readonly isQuiet: boolean }
  /** The log is to be emptied now, even though others write. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'close' };

/** What the worker tells. */
export type CheckpointTold =
  /** `isBehind`: the log is past its high mark, and writers are faster than this thread. */
  | { readonly kind: 'looked'; readonly isBehind: boolean }
  | { readonly kind: 'emptied'; readonly isEmpty: boolean }
  | { readonly kind: 'failed'; readonly code: StorageFaultCode };

/** How much the log grows between two checkpoints. A page that changes often is then carried over once for many times. */
const STEP_BYTES = 4 * 1024 * 1024;
/**
 * From here on the writer has to wait once, so that the log can begin anew: it stays within a few times this, and the
 * time to read it at a start after a crash within a fraction of a second.
 */
const HIGH_BYTES = 64 * 1024 * 1024;

/** How often it is tried to empty the log, and how long it is waited in between, in milliseconds. */
const TRIES = 40;
const PAUSE_MS = 50;

const { file } = workerData as { readonly file: string };
const port = parentPort!;
const database = openBeside(file);
const checkpoint = database.prepare('PRAGMA wal_checkpoint(PASSIVE)');
const empty = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)');
/** How long the log was at the last checkpoint. */
let carriedBytes = 0;

function logBytes(): number {
  return statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
}

function look(isQuiet: boolean): CheckpointTold {
  const size = logBytes();
  // The writer cuts the log when it begins anew.
  if (size < carriedBytes) carriedBytes = 0;
  if (!isQuiet && size - carriedBytes < STEP_BYTES) return { kind: 'looked', isBehind: false };
  try {
    const { log, checkpointed } = checkpoint.get() ?? {};
    carriedBytes = log === checkpointed ? 0 : size;
    if (isQuiet && log === checkpointed) emptyLog();
    return { kind: 'looked', isBehind: log !== checkpointed && size > HIGH_BYTES };
  } catch (error) {
    return { kind: 'failed', code: StorageFault.from(error).code };
  }
}

/** What was deleted is still in the log, until that is cut. Whoever reads or writes just now is not waited for. */
function emptyLog(): boolean {
  database.exec('PRAGMA busy_timeout = 0');
  const isEmpty = empty.get()?.['busy'] === 0;
  database.exec(`PRAGMA busy_timeout = ${OPENING_BUSY_MS}`);
  return isEmpty;
}

/** Tries for as long as it may find a moment in which nobody reads or writes. */
function insistOnEmpty(triesLeft: number): void {
  if (!database.isOpen) return;
  try {
    checkpoint.get();
    const isEmpty = emptyLog();
    if (isEmpty || triesLeft === 0) port.postMessage({ kind: 'emptied', isEmpty } satisfies CheckpointTold);
    else setTimeout(insistOnEmpty, PAUSE_MS, triesLeft - 1);
  } catch (error) {
    port.postMessage({ kind: 'failed', code: StorageFault.from(error).code } satisfies CheckpointTold);
    port.postMessage({ kind: 'emptied', isEmpty: false } satisfies CheckpointTold);
  }
}

port.on('message', (asked: CheckpointAsked) => {
  if (asked.kind === 'look') return port.postMessage(look(asked.isQuiet));
  if (asked.kind === 'empty') return insistOnEmpty(TRIES);
  database.close();
  port.close();
});
