import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { newFolder, removeAfter } from './temporary-folder.ts';
import { startServer, type Changes, type TestServer } from './test-server.ts';

/** A server whose database is a file, so that other threads can read it; its limits do not stand in a test's way. */
export async function startKeptServer(t: TestContext, changes: Changes = {}): Promise<TestServer> {
  const folder = newFolder();
  const limits = { detection_ms: 10, enabled: false, ...changes.limits };
  const server = await startServer(t, { ...changes, limits, databaseFile: join(folder, 'partyline.db') });
  // After the server: what is done first when a test ends is what was asked for first.
  removeAfter(t, folder);
  return server;
}
