// Who should write messages down: node bench/writers/main.ts [SECONDS]. Turns of messages are made durable by this thread,
// which then stands still for so long, or by a thread of its own, whose answer has to be waited for
// (docs/decisions/0004-one-writer-on-the-main-thread.md).
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { Checkpointer } from '../../src/storage/checkpointer.ts';
import type { Sync } from '../../src/storage/database.ts';
import { median, percentile } from '../statistics.ts';
import { layOut } from '../report/layout.ts';
import { MessageWriter, type Row } from './message-writer.ts';

const CONVERSATIONS = 100;
const TURN_MS = 5;
const RATES = [2000, 20_000];
const SYNCS: readonly Sync[] = ['process', 'disk'];
const ROUNDS = 3;
const TEXT = 'x'.repeat(64);

/** Somebody who makes turns durable. */
interface Writer {
  /** Calls back when it is done. */
  write(rows: readonly Row[], done: () => void): void;
  close(): Promise<void>;
}

const WRITERS: Readonly<Record<string, (file: string, sync: Sync) => Writer>> = {
  'this thread, checkpoints too': (file, sync) => {
    const writer = new MessageWriter(file, sync, 1000);
    return {
      write(rows, done) {
        writer.write(rows);
        done();
      },
      close: async () => writer.close(),
    };
  },
  'this thread, checkpoints on another': (file, sync) => {
    const writer = new MessageWriter(file, sync, 0);
    const checkpointer = new Checkpointer(file, {
      catchUp: () => undefined,
      failed: (fault) => console.error(fault.message),
    });
    return {
      write(rows, done) {
        writer.write(rows);
        checkpointer.wrote();
        done();
      },
      async close() {
        await checkpointer.close();
        writer.close();
      },
    };
  },
  'a thread of its own': (file, sync) => {
    const worker = new Worker(new URL('./writer-thread.ts', import.meta.url), { workerData: { file, sync } });
    const waiting: (() => void)[] = [];
    worker.on('message', (turns: number) => {
      for (const done of waiting.splice(0, turns)) done();
    });
    return {
      write(rows, done) {
        waiting.push(done);
        worker.postMessage(rows);
      },
      async close() {
        const gone = once(worker, 'exit');
        worker.postMessage([]);
        await gone;
      },
    };
  },
};

interface Figures {
  /** From the end of a turn until it is durable, in milliseconds. */
  readonly waitP50: number;
  readonly waitP99: number;
  readonly waitMax: number;
  /** How long this thread has stood still at most, in milliseconds. */
  readonly stillMax: number;
  /** CPU time for a message, in microseconds: of this thread, and of all. */
  readonly ownCpu: number;
  readonly cpu: number;
}

async function measure(make: (file: string, sync: Sync) => Writer, sync: Sync, rate: number): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'partyline-writers-'));
  const writer = make(join(folder, 'partyline.db'), sync);
  await talk(writer, rate, 1000);
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  const [ownBefore, before] = [process.threadCpuUsage(), process.cpuUsage()];
  const waits = await talk(writer, rate, seconds * 1000);
  const [own, all] = [process.threadCpuUsage(ownBefore), process.cpuUsage(before)];
  loop.disable();
  await writer.close();
  rmSync(folder, { recursive: true });
  const sorted = waits.toSorted((a, b) => a - b);
  return {
    waitP50: percentile(sorted, 50) ?? NaN,
    waitP99: percentile(sorted, 99) ?? NaN,
    waitMax: sorted.at(-1) ?? NaN,
    stillMax: loop.max / 1e6,
    ownCpu: (own.user + own.system) / (rate * seconds),
    cpu: (all.user + all.system) / (rate * seconds),
  };
}

let lastSequence = Date.now() * 1024;

/** Brings turns at a steady rate; how long each had to wait until it was durable, in milliseconds. */
function talk(writer: Writer, rate: number, forMs: number): Promise<number[]> {
  const begun = performance.now();
  const waits: number[] = [];
  let [brought, durable] = [0, 0];
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const at = performance.now();
      const due = Math.floor((Math.min(at - begun, forMs) * rate) / 1000);
      const rows = Array.from({ length: due - brought }, (_, index): Row => [
        ++lastSequence,
        (brought + index) % CONVERSATIONS,
        index,
        TEXT,
      ]);
      brought = due;
      if (at - begun > forMs) clearInterval(timer);
      writer.write(rows, () => {
        waits.push(performance.now() - at);
        durable += rows.length;
        if (durable === Math.floor((forMs * rate) / 1000)) resolve(waits);
      });
    }, TURN_MS);
  });
}

const seconds = Number(process.argv[2] ?? 5);
if (!(seconds > 0)) {
  console.error('Usage: node bench/writers/main.ts [SECONDS]');
  process.exit(2);
}
for (const sync of SYNCS) {
  for (const rate of RATES) {
    const found = new Map<string, Figures[]>(Object.keys(WRITERS).map((name) => [name, []]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, make] of Object.entries(WRITERS)) found.get(name)?.push(await measure(make, sync, rate));
    }
    const columns = {
      'wait p50 ms': (figures: Figures) => figures.waitP50,
      'wait p99 ms': (figures: Figures) => figures.waitP99,
      'wait max ms': (figures: Figures) => figures.waitMax,
      'stood still max ms': (figures: Figures) => figures.stillMax,
      'own CPU us/message': (figures: Figures) => figures.ownCpu,
      'CPU us/message': (figures: Figures) => figures.cpu,
    };
    console.log(`sync = "${sync}", ${rate} messages a second, medians of ${ROUNDS} rounds of ${seconds} s`);
    const headings = Object.keys(columns).map((title) => ({ title, align: 'right' as const }));
    const rows = [...found].map(([name, rounds]) => [
      name,
      ...Object.values(columns).map((column) => (median(rounds.map(column)) ?? NaN).toFixed(2)),
    ]);
    console.log(layOut([{ title: 'written by', align: 'left' }, ...headings], rows));
  }
}
