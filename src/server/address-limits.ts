import { limitKey, type AddressSet } from '../transports/address.ts';

export interface AddressLimitSettings {
  readonly maxSessions: number;
  readonly maxPerMinute: number;
  readonly exempt: AddressSet;
}

/** Why a connection is turned away. */
export type AddressRefusal =
  | { readonly kind: 'too-many-sessions'; readonly max: number }
  | { readonly kind: 'too-fast'; readonly retryMs: number };

interface Count {
  sessions: number;
  arrivals: number;
  minuteStartedAt: number;
}

const MINUTE_MS = 60_000;

/** Counts each address's connections, IPv6 by /64. An address is forgotten a minute after its last one has gone. */
export class AddressLimits {
  readonly #settings: AddressLimitSettings;
  readonly #counts = new Map<string, Count>();
  #sweptAt = 0;

  constructor(settings: AddressLimitSettings) {
    this.#settings = settings;
  }

  /** Whether an address is not counted. */
  isExempt(address: string): boolean {
    return this.#settings.exempt.has(address);
  }

  /** Counts a new connection in, or says why not. What was counted in must be counted out by `leave`. */
  enter(address: string, nowMs: number): AddressRefusal | undefined {
    this.#sweep(nowMs);
    const key = limitKey(address);
    let count = this.#counts.get(key);
    if (count === undefined) this.#counts.set(key, (count = { sessions: 0, arrivals: 0, minuteStartedAt: nowMs }));
    if (nowMs - count.minuteStartedAt >= MINUTE_MS) {
      count.minuteStartedAt = nowMs;
      count.arrivals = 0;
    }
    const { maxSessions, maxPerMinute } = this.#settings;
    if (count.sessions >= maxSessions) return { kind: 'too-many-sessions', max: maxSessions };
    if (count.arrivals >= maxPerMinute) {
      return { kind: 'too-fast', retryMs: count.minuteStartedAt + MINUTE_MS - nowMs };
    }
    count.sessions++;
    count.arrivals++;
    return undefined;
  }

  leave(address: string): void {
    const count = this.#counts.get(limitKey(address));
    if (count !== undefined) count.sessions--;
  }

  #sweep(nowMs: number): void {
    if (nowMs - this.#sweptAt < MINUTE_MS) return;
    this.#sweptAt = nowMs;
    for (const [key, count] of this.#counts) {
      if (count.sessions <= 0 && nowMs - count.minuteStartedAt >= MINUTE_MS) this.#counts.delete(key);
    }
  }
}
