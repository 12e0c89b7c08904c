import type { TestContext } from 'node:test';
import { defaultSettings, type Settings } from '../../src/config/settings.ts';
import type { Said } from '../../src/domain/event.ts';
import type { Journal } from '../../src/server/journal.ts';
import { Server } from '../../src/server/server.ts';
import { Storage } from '../../src/storage/storage.ts';
import type { KeyPair } from '../../src/transports/tls.ts';
import { startBatching } from '../../src/transports/write-batch.ts';
import { TextClient } from './text-client.ts';

// As `partyline serve` does. Where the system cannot, the tests are of the other way of writing.
if (process.env['PARTYLINE_IO_URING'] !== 'false') await startBatching().catch(() => {});

type Sections = 'accounts' | 'history' | 'irc' | 'limits' | 'plain';
/** Settings that differ from the defaults. */
export type Changes = { readonly [Section in Sections]?: Partial<Settings[Section]> } & {
  readonly proxies?: Settings['proxies'];
  readonly optional_proxies?: Settings['optional_proxies'];
  /** Where the database is; without it, it is in memory. */
  readonly databaseFile?: string;
  /** What keeps what is said, if it is to be another than usual. */
  readonly storage?: Storage;
};

/** Keeps what the server tells its operator. */
export class TestJournal implements Journal {
  readonly tellsMessages = true;
  readonly events: Said[] = [];
  readonly faults: { readonly code: string; readonly fault: unknown }[] = [];
  readonly turnedAwayFor: string[] = [];
  connected(): void {}
  disconnected(): void {}
  note(): void {}
  turnedAway(_remote: unknown, reason: string): void {
    this.turnedAwayFor.push(reason);
  }
  said(_remote: unknown, event: Said): void {
    this.events.push(event);
  }
  fault(code: string, fault: unknown): void {
    this.faults.push({ code, fault });
  }
}

export interface TestServer {
  readonly port: number;
  readonly server: Server;
  readonly journal: TestJournal;
  /** Opens a client that is closed with the test. It has its welcome behind it unless it is to be met later. */
  readonly open: () => Promise<TextClient>;
  /** Opens a client and takes its welcome line. */
  readonly welcomed: () => Promise<TextClient>;
  /** Ends it, for a test that starts another one on the same database. */
  readonly close: () => Promise<void>;
}

/**
 * A server of this test's own. It ends with the test, which fails if it had a fault.
 * @param port where it listens; the system picks one if it is not given.
 */
export async function startServer(
  t: TestContext,
  changes: Changes = {},
  keyPair?: KeyPair,
  port = 0,
): Promise<TestServer> {
  const defaults = defaultSettings();
  const journal = new TestJournal();
  const settings = {
    ...defaults,
    proxies: changes.proxies ?? defaults.proxies,
    optional_proxies: changes.optional_proxies ?? defaults.optional_proxies,
    limits: { ...defaults.limits, ...changes.limits },
    plain: { ...defaults.plain, ...changes.plain },
    irc: { ...defaults.irc, ...changes.irc },
    history: { ...defaults.history, ...changes.history },
    accounts: { ...defaults.accounts, ...changes.accounts },
  };
  const storage = changes.storage ?? new Storage(changes.databaseFile ?? ':memory:', 'process');
  const server = new Server(settings, journal, { storage, keyPair });
  const bound = await server.listen({ kind: 'tcp', host: '127.0.0.1', port, protocols: undefined });
  if (bound.kind !== 'tcp') throw new Error('expected a TCP port');
  const clients: TextClient[] = [];
  let isClosed = false;
  const close = async (): Promise<void> => {
    if (isClosed) return;
    isClosed = true;
    for (const client of clients) client.close();
    await server.close('the test is over', 2000);
    storage.close();
  };
  t.after(async () => {
    await close();
    if (journal.faults.length > 0) throw new Error('the server had a fault', { cause: journal.faults[0]!.fault });
  });
  const open = async (): Promise<TextClient> => {
    const client = await TextClient.open(bound.port);
    clients.push(client);
    return client;
  };
  const welcomed = async (): Promise<TextClient> => {
    const client = await open();
    await client.line();
    return client;
  };
  return { port: bound.port, server, journal, open, welcomed, close };
}
