import type { SessionId } from '../domain/session.ts';
import type { SessionConnection } from './session-connection.ts';

/** The connections of each session. Most have one; somebody with an account may have several. */
export class Devices {
  readonly #bySession = new Map<SessionId, Set<SessionConnection>>();
  #count = 0;

  /** Connections of all sessions. */
  get count(): number {
    return this.#count;
  }

  add(device: SessionConnection): void {
    const devices = this.#bySession.get(device.session);
    if (devices === undefined) this.#bySession.set(device.session, new Set([device]));
    else devices.add(device);
    this.#count++;
  }

  /** True if it was there. */
  remove(device: SessionConnection): boolean {
    const devices = this.#bySession.get(device.session);
    if (devices?.delete(device) !== true) return false;
    this.#count--;
    if (devices.size === 0) this.#bySession.delete(device.session);
    return true;
  }

  of(session: SessionId): ReadonlySet<SessionConnection> {
    return this.#bySession.get(session) ?? NONE;
  }

  *all(): Generator<SessionConnection> {
    for (const devices of this.#bySession.values()) yield* devices;
  }
}

const NONE: ReadonlySet<SessionConnection> = new Set();
