import { fileURLToPath } from 'node:url';
import type { Server } from './server.ts';

const script = fileURLToPath(new URL('../bare-node-server.ts', import.meta.url));

/** What the platform gives: a bare Node server with one write per delivery. */
export const bare: Server = {
  name: 'bare',
  summary: 'a bare Node server, one write per delivery',
  protocols: ['line'],
  greets: true,
  hasRooms: false,
  prepare: () => ({
    found: true,
    version: `Node ${process.version}`,
    launch: (port) => ({ program: process.execPath, args: [script, String(port)] }),
  }),
};
