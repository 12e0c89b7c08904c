import { constants, setPriority } from 'node:os';

/**
 * Has this thread yield to others where the processor is short, and the threads that it starts. It is for work that goes
 * on beside the chat. Only Linux has priorities for threads; elsewhere they are those of the process.
 *
 * It is the lowest there is (docs/decisions/0009-work-beside-the-chat-has-the-lowest-priority.md): a thread that wakes up
 * with a higher one takes the processor away from the main thread for milliseconds.
 */
export function letOthersGoFirst(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(constants.priority.PRIORITY_LOW);
  } catch {
    // Somebody has forbidden it, and it goes on as it is.
  }
}
