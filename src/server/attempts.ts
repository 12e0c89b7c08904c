import type { Settings } from '../config/settings.ts';
import type { NickKey } from '../domain/nick.ts';
import type { Attempts, Check } from '../domain/passwords.ts';
import type { OneRefusal } from '../domain/refusal.ts';
import { refuse, type Result } from '../domain/result.ts';
import { limitKey } from '../transports/address.ts';
import { AttemptLimit } from './attempt-limit.ts';

const MINUTE_MS = 60_000;
/** How long an account that was made counts. */
const REGISTRATION_MS = 10 * MINUTE_MS;
/** The key of what is counted for all together. */
const EVERYBODY = '*';

/** For a server without limits. */
const UNLIMITED: Attempts = {
  guess: (_name, _address, check) => check(),
  untilRegistration: () => 0,
  registered: () => {},
};

interface Clock {
  /** Milliseconds of a clock that never goes back. */
  now(): number;
}

/** Limits guesses by name and by address (IPv6: the /64), and new accounts for everybody together. */
export class AttemptLimits implements Attempts {
  readonly #byName: AttemptLimit;
  readonly #byAddress: AttemptLimit;
  readonly #registrations: AttemptLimit;
  readonly #clock: Clock;

  constructor(limits: { readonly guessesPerMinute: number; readonly newAccounts: number }, clock: Clock) {
    this.#byName = new AttemptLimit(limits.guessesPerMinute, MINUTE_MS);
    this.#byAddress = new AttemptLimit(limits.guessesPerMinute, MINUTE_MS);
    this.#registrations = new AttemptLimit(limits.newAccounts, REGISTRATION_MS);
    this.#clock = clock;
  }

  async guess(name: NickKey, address: string, check: Check): Promise<Result<boolean, OneRefusal>> {
    const counts = [
      { limit: this.#byName, key: name },
      { limit: this.#byAddress, key: limitKey(address) },
    ];
    for (;;) {
      const now = this.#clock.now();
      const retryMs = Math.max(...counts.map(({ limit, key }) => limit.until(key, now)));
      if (retryMs > 0) return refuse({ kind: 'too-many-guesses', retryMs });
      const full = counts.find(({ limit, key }) => limit.isFull(key, now));
      if (full === undefined) break;
      await full.limit.change(full.key);
    }
    const ends = counts.map(({ limit, key }) => limit.begin(key));
    let isWrong = false;
    try {
      const result = await check();
      isWrong = result.ok && !result.value;
      return result;
    } finally {
      for (const end of ends) end(isWrong, this.#clock.now());
    }
  }

  untilRegistration(): number {
    return this.#registrations.until(EVERYBODY, this.#clock.now());
  }

  registered(): void {
    this.#registrations.add(EVERYBODY, this.#clock.now());
  }
}

/** The limits that the settings name. */
export function attempts({ limits }: Pick<Settings, 'limits'>): Attempts {
  if (!limits.enabled) return UNLIMITED;
  return new AttemptLimits(
    { guessesPerMinute: limits.guesses_per_minute, newAccounts: limits.new_accounts },
    performance,
  );
}
