import { statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { OPENING_BUSY_MS, openBeside } from './database.ts';
import { StorageFault, type StorageFaultCode } from './storage-fault.ts';

/** What the worker is told. */
export type CheckpointAsked =
  /** Something was written. `isQuiet`: and then nothing for a while. */
  { readonly kind: 'look'; readonly isQuiet: boolean } | { readonly kind: 'close' };

/** What the worker tells. */
export type CheckpointTold =
  /** `isBehind`: the log is past its high mark, and writers are faster than this thread. */
  | { readonly kind: 'looked'; readonly isBehind: boolean }
  | { readonly kind: 'failed'; readonly code: StorageFaultCode };

/** How much the log grows between two checkpoints. A page that changes often is then carried over once for many times. */
const STEP_BYTES = 4 * 1024 * 1024;
/**
 * From here on the writer has to wait once, so that the log can begin anew: it stays within a few times this, and the
 * time to read it at a start after a crash within a fraction of a second.
 */
const HIGH_BYTES = 64 * 1024 * 1024;

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

/** What was deleted is still in the log, until that is cut. Whoever reads or writes now is not waited for. */
function emptyLog(): void {
  database.exec('PRAGMA busy_timeout = 0');
  empty.get();
  database.exec(`PRAGMA busy_timeout = ${OPENING_BUSY_MS}`);
}

port.on('message', (asked: CheckpointAsked) => {
  if (asked.kind === 'look') return port.postMessage(look(asked.isQuiet));
  database.close();
  port.close();
});
