import { createHmac, randomBytes } from 'node:crypto';
import type { Origin } from '../domain/session.ts';
import { isPrivateAddress, limitKey, type RemoteAddress } from '../transports/address.ts';

/** Digits of the hash that stands for a public address: 40 bits tell the guests of one server apart. */
const HASH_DIGITS = 8;
/** Digits of the hash that stands for an address as a host: 80 bits. */
const CLOAK_DIGITS = 20;

/**
 * Puts where somebody comes from in words that others may see. A private address means nothing outside and is shown as
 * it is; a public one is its owner's to keep, so a keyed hash stands for it, the same for as long as the visit lasts.
 */
export class Origins {
  readonly #key = randomBytes(32);

  /**
   * @param isSecure whether the connection is encrypted.
   * @param certificateFingerprint of the certificate that was shown, if there was one.
   */
  of(remote: RemoteAddress, isSecure: boolean, certificateFingerprint?: string): Origin {
    if (remote.kind === 'unix') {
      return {
        label: `local : ${remote.number}`,
        guestSuffix: `0${remote.number}`,
        host: 'localhost',
        address: '',
        isSecure: true,
        certificateFingerprint,
      };
    }
    const { address, port } = remote;
    const shared = { address, isSecure, certificateFingerprint };
    if (isPrivateAddress(address)) {
      return { label: `${address} : ${port}`, guestSuffix: String(port), host: hostText(address), ...shared };
    }
    const hash = this.#hash(`${address} ${port}`).slice(0, HASH_DIGITS);
    const host = `${this.#hash(limitKey(address)).slice(0, CLOAK_DIGITS)}.cloak`;
    return { label: `guest-${hash}`, guestSuffix: `-${hash}`, host, ...shared };
  }

  #hash(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('hex');
  }
}

/** An address as a host. One that begins with a colon would be read as the last parameter of an IRC message. */
function hostText(address: string): string {
  return address.startsWith(':') ? `0${address}` : address;
}
