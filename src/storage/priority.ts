import { constants, getPriority, setPriority } from 'node:os';

/** Enough to yield to the chat, and still get a share where everybody is busy (nice(1)). */
const NICENESS = 5;

/**
 * Has this thread yield to others where the processor is short, and the threads that it starts. It is for work that goes
 * on beside the chat. Only Linux has priorities for threads; elsewhere they are those of the process.
 */
export function letOthersGoFirst(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(Math.min(getPriority() + NICENESS, constants.priority.PRIORITY_LOW));
  } catch {
    // Somebody has forbidden it, and it goes on as it is.
  }
}
