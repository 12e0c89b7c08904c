import { Worker } from 'node:worker_threads';

/**
 * Starts a thread of its own, which the process does not wait for at its end.
 * @param file its program, by the name of the source, whether that or what was made of it is run.
 */
export function startThread(file: URL, workerData: object): Worker {
  const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
  const worker = new Worker(new URL(file.href.replace(/\.ts$/, extension)), { workerData });
  worker.unref();
  return worker;
}
