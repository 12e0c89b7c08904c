import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { ok, refuse, type Result } from '../../domain/result.ts';
import { LineSplitter } from '../../protocol/lines.ts';
import type { ControlReply, ControlRequest } from './control-protocol.ts';
import type { Asker } from './operation.ts';

/** Has a server that runs do something. Undefined when none answers at `path`; a problem is a sentence without an end. */
export async function askServer(
  path: string,
  request: ControlRequest,
  { signal, report }: Asker,
): Promise<Result<unknown, string> | undefined> {
  const socket = connect({ path });
  try {
    await once(socket, 'connect', { signal });
  } catch (error) {
    socket.destroy();
    if (signal.aborted) return refuse('interrupted');
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // No server can listen on a path that is too long for a socket.
    if (code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'EINVAL') return undefined;
    if (code === 'EACCES') return refuse('the server runs as another user; do this as that user');
    return refuse(`the server cannot be reached at ${path} (${String(code)})`);
  }
  const stop = (): void => void socket.destroy();
  signal.addEventListener('abort', stop);
  try {
    return await converse(socket, request, report);
  } finally {
    signal.removeEventListener('abort', stop);
    socket.destroy();
  }
}

async function converse(
  socket: Socket,
  request: ControlRequest,
  report: Asker['report'],
): Promise<Result<unknown, string>> {
  socket.on('error', () => {});
  socket.write(`${JSON.stringify(request)}\n`);
  const lines = new LineSplitter(Infinity);
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    lines.push(chunk);
    for (let line = lines.next(); line?.kind === 'line'; line = lines.next()) {
      const reply = JSON.parse(line.bytes.toString()) as ControlReply;
      if (reply.kind === 'done') return ok(reply.output);
      if (reply.kind === 'refused') return refuse(reply.problem);
      report(reply.progress);
    }
  }
  return refuse('the server went away before it was done');
}
