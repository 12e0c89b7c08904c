import { setTimeout as delay } from 'node:timers/promises';
import { readUsage } from '../process-usage.ts';
import type { Figures } from '../workload.ts';
import type { Client } from './client.ts';
import type { Crowd } from './crowd.ts';
import { messageText, now } from './message-text.ts';

const WATCH_EVERY_MS = 250;
/** How long to look for deliveries that nobody should have got. */
const LINGER_MS = 300;

interface TalkOptions {
  readonly crowd: Crowd;
  /** The clients that hear what is posted, the senders first; equally many in each room. */
  readonly awake: readonly Client[];
  readonly rooms: number;
  readonly senders: number;
  readonly window: number;
  readonly messageBytes: number;
  readonly giveUpAfterSeconds: number;
  readonly serverPid: number;
  readonly onProgress: (text: string) => void;
}

interface Span {
  readonly messages: number;
  readonly longestMs: number;
}

/** Posts messages, keeping as many under way as the window allows, until everyone has every one of them. */
export class Talk {
  readonly #options: TalkOptions;
  /** Deliveries that one message makes, besides the one to its author where there is such. */
  readonly #fan: number;
  readonly #awake: ReadonlySet<Client>;
  #posted = 0;
  /** Deliveries that come of what was posted. */
  #expected = 0;
  #delivered = 0;
  #nextSender = 0;
  #lastDeliveryMs = 0;

  constructor(options: TalkOptions) {
    this.#options = options;
    this.#awake = new Set(options.awake);
    this.#fan = options.awake.length / options.rooms - 1;
  }

  get posted(): number {
    return this.#posted;
  }

  /** One measured span. CPU and time count from the first message to the last delivery. */
  async run({ messages, longestMs }: Span): Promise<Figures> {
    const { crowd, awake, serverPid } = this.#options;
    for (const client of awake) client.startSpan();
    crowd.latency.clear();
    this.#posted = this.#expected = this.#delivered = 0;
    const serverBefore = readUsage(serverPid).cpuSeconds;
    const ownBefore = process.cpuUsage();
    const startMs = now();
    this.#lastDeliveryMs = startMs;
    await this.#exchange(messages, startMs + longestMs);
    const own = process.cpuUsage(ownBefore);
    const serverCpuSeconds = readUsage(serverPid).cpuSeconds - serverBefore;
    const wallSeconds = (this.#lastDeliveryMs - startMs) / 1000;
    await delay(LINGER_MS);
    const { received, lost, unexpected } = this.#audit();
    const { p50, p90, p99, max } = crowd.latency.percentiles();
    return {
      messages: this.#posted,
      deliveries: received,
      lostDeliveries: lost,
      unexpectedDeliveries: unexpected,
      wallSeconds,
      serverCpuSeconds,
      generatorCpuSeconds: (own.user + own.system) / 1e6,
      deliveriesPerSecond: received / wallSeconds,
      ...(serverCpuSeconds > 0 && received > 0
        ? {
            deliveriesPerCpuSecond: received / serverCpuSeconds,
            cpuMicrosPerDelivery: (serverCpuSeconds * 1e6) / received,
          }
        : {}),
      ...(p50 !== undefined && { latencyP50Ms: p50 }),
      ...(p90 !== undefined && { latencyP90Ms: p90 }),
      ...(p99 !== undefined && { latencyP99Ms: p99 }),
      ...(max !== undefined && { latencyMaxMs: max }),
    };
  }

  /** Resolves when all that was posted was delivered, or when nothing has come for too long. */
  #exchange(messages: number, untilMs: number): Promise<void> {
    const { crowd, giveUpAfterSeconds, onProgress } = this.#options;
    return new Promise((resolve) => {
      let isPumpDue = false;
      const pump = (): void => {
        isPumpDue = false;
        if (this.#posted < messages && now() < untilMs) this.#postWhatFits(messages);
        else if (this.#delivered >= this.#expected) end();
      };
      const watch = setInterval(() => {
        onProgress(`${this.#delivered.toLocaleString('en-US')} deliveries`);
        if (now() - this.#lastDeliveryMs > giveUpAfterSeconds * 1000) end();
      }, WATCH_EVERY_MS);
      const end = (): void => {
        clearInterval(watch);
        crowd.onDeliveries = () => undefined;
        resolve();
      };
      crowd.onDeliveries = (client, count) => {
        if (!this.#awake.has(client)) return;
        this.#delivered += count;
        this.#lastDeliveryMs = now();
        if (isPumpDue) return;
        isPumpDue = true;
        setImmediate(pump);
      };
      pump();
    });
  }

  #postWhatFits(messages: number): void {
    const { awake, senders, window, messageBytes } = this.#options;
    const underWay = Math.ceil((this.#expected - this.#delivered) / this.#fan);
    const count = Math.min(window - underWay, messages - this.#posted);
    for (let i = 0; i < count; i++) {
      const sender = awake[this.#nextSender];
      sender?.post(messageText(now(), messageBytes));
      this.#expected += this.#fan + (sender?.hearsItself === true ? 1 : 0);
      this.#nextSender = (this.#nextSender + 1) % senders;
    }
    this.#posted += Math.max(count, 0);
    for (let i = 0; i < senders; i++) awake[i]?.flush();
  }

  /** Compares what each client got with what the others of its room, and itself if it hears itself, have posted. */
  #audit(): { received: number; lost: number; unexpected: number } {
    const postedByRoom = new Map<number, number>();
    for (const { identity, posted } of this.#options.awake) {
      postedByRoom.set(identity.room, (postedByRoom.get(identity.room) ?? 0) + posted);
    }
    const sums = { received: 0, lost: 0, unexpected: 0 };
    for (const { identity, posted, received, hearsItself } of this.#options.awake) {
      const expected = (postedByRoom.get(identity.room) ?? 0) - (hearsItself ? 0 : posted);
      sums.received += received;
      sums.lost += Math.max(expected - received, 0);
      sums.unexpected += Math.max(received - expected, 0);
    }
    return sums;
  }
}
