import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { LineSplitter } from '../../protocol/lines.ts';
import type { Journal } from '../journal.ts';
import { MAX_REQUEST_BYTES, type ControlReply, type ControlRequest } from './control-protocol.ts';
import type { Office } from './operation.ts';
import { operations } from './operation-table.ts';

/** Requests that may be under way at once. */
const MAX_CONNECTIONS = 16;

/** Nobody but the user whom the server runs as. */
const MASK = 0o177;

/** Does what whoever runs the server asks for, on a unix socket that is theirs alone: one request for each connection. */
export class ControlSocket {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Listens. The caller has the data directory to itself, so that whatever is at `path` was left behind. */
  static async open(path: string, office: Office, journal: Journal): Promise<ControlSocket> {
    const server = createServer({ allowHalfOpen: true });
    const control = new ControlSocket(server);
    server.maxConnections = MAX_CONNECTIONS;
    server.on('connection', (socket) => control.#serve(socket, office, journal));
    rmSync(path, { force: true });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      const before = process.umask(MASK);
      try {
        // The file is made before this returns.
        server.listen(path, resolve);
      } finally {
        process.umask(before);
      }
    });
    server.on('error', () => {});
    return control;
  }

  /** Takes no more requests. What is under way ends at its next step. */
  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #serve(socket: Socket, office: Office, journal: Journal): void {
    const lines = new LineSplitter(MAX_REQUEST_BYTES);
    const gone = new AbortController();
    let isAsked = false;
    this.#sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#sockets.delete(socket);
      gone.abort();
    });
    socket.on('data', (chunk) => {
      if (isAsked) return;
      lines.push(chunk);
      const line = lines.next();
      if (line === undefined) return;
      isAsked = true;
      const request = line.kind === 'line' ? parseRequest(line.bytes) : undefined;
      const send = (reply: ControlReply): void => void socket.write(`${JSON.stringify(reply)}\n`);
      answer(office, request, { signal: gone.signal, send })
        .catch((fault: unknown) => {
          journal.fault('CONTROL_FAULT', fault, undefined);
          send({
            kind: 'refused',
            problem: `the server could not do it: ${fault instanceof Error ? fault.message : 'a fault'}`,
          });
        })
        .finally(() => socket.end());
    });
  }
}

async function answer(
  office: Office,
  request: ControlRequest | undefined,
  { signal, send }: { readonly signal: AbortSignal; readonly send: (reply: ControlReply) => void },
): Promise<void> {
  if (request === undefined) return send({ kind: 'refused', problem: 'that was no request' });
  const operation = operations.get(request.operation);
  if (operation === undefined) {
    return send({
      kind: 'refused',
      problem: `the server that runs knows no "${request.operation}"; is it an older one`,
    });
  }
  const report = (progress: ControlReply & { kind: 'progress' }): void => send(progress);
  const outcome = await operation.perform(office, request.input, {
    signal,
    report: (progress) => report({ kind: 'progress', progress }),
  });
  return send(outcome.ok ? { kind: 'done', output: outcome.value } : { kind: 'refused', problem: outcome.error });
}

function parseRequest(bytes: Buffer): ControlRequest | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    if (typeof value !== 'object' || value === null || !('operation' in value)) return undefined;
    const { operation } = value;
    return typeof operation === 'string' ? { operation, input: 'input' in value ? value.input : undefined } : undefined;
  } catch {
    return undefined;
  }
}
