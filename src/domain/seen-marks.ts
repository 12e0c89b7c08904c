import type { Identity } from './conversation.ts';
import type { DeviceName } from './device-name.ts';

/** Devices of one account whose marks are remembered. */
const MAX_DEVICES = 50;

/**
 * How far the devices of accounts have been told what was said, as sequence numbers of message ids: a device that comes
 * back and cannot ask for what it missed is told from there. A mark only ever goes forward.
 */
export class SeenMarks {
  readonly #byAccount = new Map<Identity, Map<DeviceName, number>>();

  get(account: Identity, device: DeviceName): number | undefined {
    return this.#byAccount.get(account)?.get(device);
  }

  /** Moves a mark. Gives the device that is forgotten for it, if there are too many. */
  set(account: Identity, device: DeviceName, upTo: number): DeviceName | undefined {
    let marks = this.#byAccount.get(account);
    if (marks === undefined) this.#byAccount.set(account, (marks = new Map()));
    // The one that was moved longest ago is the first.
    marks.delete(device);
    marks.set(device, upTo);
    const [oldest] = marks.keys();
    if (marks.size <= MAX_DEVICES || oldest === undefined) return undefined;
    marks.delete(oldest);
    return oldest;
  }

  forget(account: Identity): void {
    this.#byAccount.delete(account);
  }
}
