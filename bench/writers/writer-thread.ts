import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { Sync } from '../../src/storage/database.ts';
import { MessageWriter, type Row } from './message-writer.ts';

const { file, sync } = workerData as { readonly file: string; readonly sync: Sync };
const port = parentPort!;
const writer = new MessageWriter(file, sync, 1000);

// Group commit: what has come while the last transaction was under way goes into one. An empty turn is the last one.
port.on('message', (first: readonly Row[]) => {
  const rows = [...first];
  let turns = 1;
  let isOver = first.length === 0;
  for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
    const more = next.message as readonly Row[];
    isOver ||= more.length === 0;
    rows.push(...more);
    turns++;
  }
  writer.write(rows);
  port.postMessage(turns);
  if (!isOver) return;
  writer.close();
  port.close();
});
