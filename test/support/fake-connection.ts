import type { Connection } from '../../src/transports/connection.ts';

/** A connection that takes everything at once, and has somebody told of each write. */
export function fakeConnection(written: (bytes: Buffer) => void): Connection {
  const connection = {
    queuedBytes: 0,
    write: written,
    writeFilled(length: number, fill: (memory: Buffer) => void) {
      const bytes = Buffer.alloc(length, '?');
      fill(bytes);
      written(bytes);
    },
  };
  return connection as unknown as Connection;
}
