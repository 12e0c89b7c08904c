import { createConnection, type Socket } from 'node:net';
import { DeliveryCounter } from './delivery-counter.ts';
import { FENCE, now, readTime } from './message-text.ts';
import type { LatencySamples } from './latency-samples.ts';
import type { Identity, Protocol } from './protocol.ts';

/** Every socket reads into the same memory: what it holds is counted before the next read. */
const READ_BUFFER = Buffer.alloc(256 * 1024);
/** How a server tells a slow reader what it was spared. */
const SKIPPED = /^\* ([\d,]+) messages? skipped/;

/** What all clients of a generator have in common. */
export interface ClientSetting {
  readonly port: number;
  readonly protocol: Protocol;
  /** Whether the server sends a newcomer a line by itself; where it does not, connected is served. */
  readonly greets: boolean;
  readonly textBytes: number;
  readonly sampleEvery: number;
  readonly latency: LatencySamples;
  /** After each chunk, with the deliveries that it held. */
  onDeliveries(client: Client, count: number): void;
  onConnected(): void;
  onServed(): void;
  onEnded(reason: string): void;
}

/** One connection to the server, with everything that is counted for it. */
export class Client {
  readonly identity: Identity;
  connectedAtMs: number | undefined;
  servedAtMs: number | undefined;
  /** Why the connection ended. */
  ended: string | undefined;
  /** Messages that this client has posted in the present span. */
  posted = 0;
  /** Messages that the server said it skipped. */
  skipped = 0;
  hasSeenFence = false;
  /** How many people of its room it has been told of. */
  met = 0;
  readonly granted = new Set<string>();
  readonly #setting: ClientSetting;
  readonly #counter: DeliveryCounter;
  readonly #socket: Socket;
  #outgoing = '';
  #countedBefore = 0;
  #chunkAtMs = 0;

  constructor(identity: Identity, setting: ClientSetting) {
    this.identity = identity;
    this.#setting = setting;
    this.#counter = new DeliveryCounter({
      textBytes: setting.textBytes,
      sampleEvery: setting.sampleEvery,
      onSample: (chunk, at) => setting.latency.add(this.#chunkAtMs - readTime(chunk, at)),
      onLine: (line) => this.#read(line),
    });
    this.#socket = createConnection({
      host: '127.0.0.1',
      port: setting.port,
      noDelay: true,
      onread: { buffer: READ_BUFFER, callback: (bytes) => this.#take(bytes) },
    });
    this.#socket.on('connect', () => this.#open());
    this.#socket.on('error', (error) => this.#end(error.message));
    this.#socket.on('close', () => this.#end('the server closed it'));
  }

  /** Deliveries in the present span. */
  get received(): number {
    return this.#counter.count - this.#countedBefore;
  }

  /** Whether it is sent its own messages too. */
  get hearsItself(): boolean {
    const { echo } = this.#setting.protocol;
    return echo !== undefined && this.granted.has(echo);
  }

  startSpan(): void {
    this.#countedBefore = this.#counter.count;
    this.posted = 0;
  }

  /** Writes a message down for the next `flush`. */
  post(text: string): void {
    this.#outgoing += this.#setting.protocol.message(this.identity, text);
    this.posted++;
  }

  flush(): void {
    if (this.#outgoing === '') return;
    this.#socket.write(this.#outgoing, 'latin1');
    this.#outgoing = '';
  }

  /** Enters its room now. */
  join(): void {
    this.#socket.write(this.#setting.protocol.join(this.identity), 'latin1');
  }

  sleep(): void {
    this.#socket.pause();
  }

  wake(): void {
    this.#socket.resume();
  }

  #open(): void {
    this.connectedAtMs = now();
    const opening = this.#setting.protocol.open(this.identity);
    if (opening !== '') this.#socket.write(opening, 'latin1');
    this.#setting.onConnected();
    if (!this.#setting.greets) this.#serve();
  }

  #take(bytes: number): boolean {
    this.#chunkAtMs = now();
    const before = this.#counter.count;
    this.#counter.feed(READ_BUFFER, bytes);
    const count = this.#counter.count - before;
    if (count > 0) this.#setting.onDeliveries(this, count);
    return true;
  }

  #read(line: string): void {
    if (line.includes(FENCE)) {
      this.hasSeenFence = true;
      return;
    }
    const told = SKIPPED.exec(line)?.[1];
    if (told !== undefined) this.skipped += Number(told.replaceAll(',', ''));
    const { isServed, answer, granted, met = 0 } = this.#setting.protocol.react(line, this.identity);
    if (granted !== undefined) this.granted.add(granted);
    this.met += met;
    if (answer !== undefined) this.#socket.write(answer, 'latin1');
    if (isServed === true && this.servedAtMs === undefined) this.#serve();
  }

  #serve(): void {
    this.servedAtMs = now();
    this.#setting.onServed();
  }

  #end(reason: string): void {
    if (this.ended !== undefined) return;
    this.ended = reason;
    this.#setting.onEnded(reason);
  }
}
