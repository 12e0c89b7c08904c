import { setTimeout as delay } from 'node:timers/promises';
import { Client } from './client.ts';
import { LatencySamples } from './latency-samples.ts';
import { FENCE } from './message-text.ts';
import type { Protocol } from './protocol.ts';

/** Connections that are being opened at any time: less than any server's backlog. */
const MOST_CONNECTING = 100;
/** All clients must be served within this time. */
const SERVED_WITHIN_MS = 60_000;
const FENCE_EVERY_MS = 250;
const FENCED_WITHIN_MS = 20_000;

interface CrowdOptions {
  readonly port: number;
  readonly protocol: Protocol;
  readonly greets: boolean;
  readonly clients: number;
  readonly rooms: number;
  readonly textBytes: number;
  readonly sampleEvery: number;
  /** As in a workload. */
  readonly capabilitySets?: readonly (readonly string[])[];
  /** Whether nobody enters a room by themselves. */
  readonly joinsLater?: boolean;
}

/** All clients of one generator. */
export class Crowd {
  readonly clients: Client[] = [];
  readonly latency = new LatencySamples();
  /** Called after each chunk with the deliveries that it held; set by whoever measures. */
  onDeliveries: (client: Client, count: number) => void = ignore;
  readonly #options: CrowdOptions;
  #connecting = 0;
  #served = 0;
  #onServed: () => void = ignore;
  #onFailed: (error: Error) => void = ignore;

  constructor(options: CrowdOptions) {
    this.#options = options;
  }

  /** Connects everyone; resolves when the server has served them all. */
  async gather(): Promise<void> {
    const everyone = new Promise<void>((resolve, reject) => {
      this.#onServed = resolve;
      this.#onFailed = reject;
    });
    const timer = setTimeout(() => this.#onFailed(new Error(this.#count())), SERVED_WITHIN_MS);
    this.#connectMore();
    await everyone.finally(() => clearTimeout(timer));
  }

  /**
   * Waits until each client hears the others of its room, by messages that are not counted: a server that greets nobody
   * may not have taken a connection yet, and a room is joined some time after it was asked for.
   */
  async fence(): Promise<void> {
    const { clients, rooms } = this.#options;
    if (clients <= rooms) return;
    const speakers = this.clients.slice(0, rooms);
    const listeners = this.clients.slice(rooms);
    for (let waited = 0; waited < FENCED_WITHIN_MS; waited += FENCE_EVERY_MS) {
      for (const speaker of speakers) {
        speaker.post(FENCE);
        speaker.flush();
      }
      await delay(FENCE_EVERY_MS);
      if (listeners.every((client) => client.hasSeenFence)) return;
    }
    const deaf = listeners.filter((client) => !client.hasSeenFence).length;
    throw new Error(`${deaf} of ${clients} clients never heard their room`);
  }

  /** How many connections have ended, and why the first of them did; undefined if none has. */
  describeEnded(except?: Client): string | undefined {
    const ended = this.clients.filter((client) => client !== except && client.ended !== undefined);
    return ended[0] && `${ended.length} of ${this.#options.clients} connections ended (${ended[0].ended ?? ''})`;
  }

  /** The capabilities that clients asked for and did not get, as a note; none if they got all of them. */
  describeRefused(): string[] {
    const refused = this.clients.flatMap(({ identity, granted }) =>
      identity.capabilities.filter((name) => !granted.has(name)),
    );
    return refused.length > 0 ? [`without ${[...new Set(refused)].join(', ')}`] : [];
  }

  #connectMore(): void {
    const { clients, rooms, capabilitySets = [], joinsLater = false } = this.#options;
    while (this.clients.length < clients && this.#connecting < MOST_CONNECTING) {
      const index = this.clients.length;
      const capabilities = capabilitySets[index % Math.max(capabilitySets.length, 1)] ?? [];
      const identity = { index, room: index % rooms, rooms, capabilities, joinsLater };
      this.#connecting++;
      this.clients.push(
        new Client(identity, {
          ...this.#options,
          latency: this.latency,
          onDeliveries: (client, count) => this.onDeliveries(client, count),
          onConnected: () => this.#noteConnected(),
          onServed: () => this.#noteServed(),
          onEnded: (reason) => this.#onFailed(new Error(`a connection ended before everyone was served: ${reason}`)),
        }),
      );
    }
  }

  /** A client need not be served before the next one connects: a server may well wait to see what a newcomer says. */
  #noteConnected(): void {
    this.#connecting--;
    this.#connectMore();
  }

  #noteServed(): void {
    this.#served++;
    if (this.#served === this.#options.clients) this.#onServed();
  }

  #count(): string {
    return `after ${SERVED_WITHIN_MS / 1000} s only ${this.#served} of ${this.#options.clients} clients were served`;
  }
}

function ignore(): void {
  // Nobody is interested at present.
}
