import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** Where a connection comes from. */
export type RemoteAddress =
  | { readonly kind: 'ip'; readonly address: string; readonly port: number }
  | { readonly kind: 'unix'; readonly number: number };

/** An IPv4 address that came in over an IPv6 socket (`::ffff:127.0.0.1`, RFC 4291 section 2.5.5.2) is shown as IPv4. */
export function plainAddress(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  const text = mapped?.[1] ?? address;
  const zone = text.indexOf('%');
  return zone === -1 ? text : text.slice(0, zone);
}

/** A set of networks in CIDR notation, for asking whether an address is among them. */
export class AddressSet {
  readonly #list = new BlockList();

  /** @param networks for example `127.0.0.0/8`, `::1/128` or a bare address. */
  constructor(networks: readonly string[]) {
    for (const network of networks) {
      const [address = '', prefix] = network.split('/');
      const family = isIPv6(address) ? 'ipv6' : 'ipv4';
      this.#list.addSubnet(address, prefix === undefined ? (family === 'ipv6' ? 128 : 32) : Number(prefix), family);
    }
  }

  has(address: string): boolean {
    return this.#list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
  }
}

/** Loopback, RFC 1918, RFC 3927 and RFC 4291 link-local, RFC 4193 unique local, RFC 6598 shared. */
const PRIVATE_NETWORKS = new AddressSet([
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  '::1/128',
  'fe80::/10',
  'fc00::/7',
]);

/** Whether an address means nothing to the outside, so that showing it publishes nothing. */
export function isPrivateAddress(address: string): boolean {
  return PRIVATE_NETWORKS.has(address);
}

/** What per-address limits count by: an IPv4 address, or the /64 that one IPv6 host can use freely (RFC 6177). */
export function limitKey(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail = ''] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const groups = address.includes('::')
    ? [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
    : left;
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
