import { createHmac, randomBytes } from 'node:crypto';
import type { Origin } from '../domain/session.ts';
import { isPrivateAddress, type RemoteAddress } from '../transports/address.ts';

/** Digits of the hash that stands for a public address: 40 bits tell the guests of one server apart. */
const HASH_DIGITS = 8;

/**
 * Puts where somebody comes from in words that others may see. A private address means nothing outside and is shown as
 * it is; a public one is its owner's to keep, so a keyed hash stands for it, the same for as long as the visit lasts.
 */
export class Origins {
  readonly #key = randomBytes(32);

  of(remote: RemoteAddress): Origin {
    if (remote.kind === 'unix') return { label: `local : ${remote.number}`, guestSuffix: `0${remote.number}` };
    const { address, port } = remote;
    if (isPrivateAddress(address)) return { label: `${address} : ${port}`, guestSuffix: String(port) };
    const hash = createHmac('sha256', this.#key).update(`${address} ${port}`).digest('hex').slice(0, HASH_DIGITS);
    return { label: `guest-${hash}`, guestSuffix: `-${hash}` };
  }
}
