import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** A new folder that goes with the test. */
export function temporaryFolder(t: TestContext): string {
  const folder = newFolder();
  removeAfter(t, folder);
  return folder;
}

/** A new folder, for a program that has to end before the folder may go. */
export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'partyline-test-'));
}

/** Removes a folder behind all that the test cleans up so far. A program that was told to end may still be writing. */
export function removeAfter(t: TestContext, folder: string): void {
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }));
}
