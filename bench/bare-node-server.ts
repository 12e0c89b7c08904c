// A bare broadcast server on Node, as one would write it first: one write for every delivery. It stands for what the
// platform gives without any care for delivery. It speaks enough of the line protocol to be measured, and no more.
// Run: node bare-node-server.ts PORT
import { createServer, type Socket } from 'node:net';

const port = Number(process.argv[2]);
const clients = new Set<Socket>();

const server = createServer({ noDelay: true }, (socket) => {
  const label = `<${socket.remoteAddress} : ${socket.remotePort}> :`;
  let unfinished = '';
  clients.add(socket);
  socket.setEncoding('utf8');
  socket.write('welcome\n');
  socket.on('data', (text: string) => {
    const lines = (unfinished + text).split('\n');
    unfinished = lines.pop() ?? '';
    for (const line of lines) {
      const shown = Buffer.from(`${label}${line}\n`);
      for (const other of clients) {
        if (other !== socket) other.write(shown);
      }
    }
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => clients.delete(socket));
});

server.listen({ host: '127.0.0.1', port, backlog: 4096 });
