import { statSync, unlinkSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import type { Connection } from './connection.ts';
import { SocketConnection } from './socket-connection.ts';

/** Where to listen. Without a host: all addresses, IPv6 and IPv4. */
export type ListenAddress =
  | { readonly kind: 'tcp'; readonly host: string | undefined; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string };

/** The address a listener has got; its port is the system's choice where 0 was asked for. */
export type BoundAddress =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string };

/** Why an address cannot be listened on: the operator's to mend. */
export class ListenFault extends Error {
  override readonly name = 'ListenFault';
  /** The system's error code, such as EADDRINUSE. */
  readonly code: string;
  readonly address: ListenAddress;

  constructor(code: string, address: ListenAddress, options?: ErrorOptions) {
    super(`cannot listen (${code})`, options);
    this.code = code;
    this.address = address;
  }
}

export interface Listener {
  readonly bound: BoundAddress;
  /** Takes no more connections; the ones there are stay. */
  close(): void;
}

/** Connections that the system accepts ahead of us: a whole class arrives at once. */
const BACKLOG = 4096;

/** Listens, and hands over every connection that comes. Throws a `ListenFault`. */
export async function listen(
  address: ListenAddress,
  onConnection: (connection: Connection) => void,
): Promise<Listener> {
  if (address.kind === 'unix') await removeDeadSocket(address.path);
  const server = createServer({ allowHalfOpen: true }, (socket) => onConnection(new SocketConnection(socket)));
  await start(server, address);
  // After it listens, an error is of one connection that could not be accepted (EMFILE, ECONNABORTED); Node goes on.
  server.on('error', () => {});
  return { bound: boundAddress(server, address), close: () => server.close() };
}

function start(server: Server, address: ListenAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (cause: NodeJS.ErrnoException) => reject(new ListenFault(cause.code ?? 'UNKNOWN', address, { cause }));
    server.once('error', fail);
    const options =
      address.kind === 'unix'
        ? { path: address.path }
        : { port: address.port, ...(address.host === undefined ? {} : { host: address.host }) };
    server.listen({ ...options, backlog: BACKLOG }, () => {
      server.off('error', fail);
      resolve();
    });
  });
}

function boundAddress(server: Server, address: ListenAddress): BoundAddress {
  const bound = server.address();
  if (address.kind === 'unix' || bound === null || typeof bound === 'string') {
    return { kind: 'unix', path: address.kind === 'unix' ? address.path : '' };
  }
  return { kind: 'tcp', host: bound.address, port: bound.port };
}

/** A unix socket file outlives a server that was killed. One that nobody answers on is removed; all else is left. */
async function removeDeadSocket(path: string): Promise<void> {
  if (statSync(path, { throwIfNoEntry: false })?.isSocket() !== true) return;
  const code = await new Promise<string | undefined>((resolve) => {
    const probe = connect({ path });
    probe.once('connect', () => {
      probe.destroy();
      resolve(undefined);
    });
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
  });
  if (code === 'ECONNREFUSED') unlinkSync(path);
}
