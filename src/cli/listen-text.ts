import { isIP } from 'node:net';
import type { NetworkInterfaceInfo } from 'node:os';
import { AddressSet } from '../transports/address.ts';
import type { BoundAddress, ListenAddress, ListenFault } from '../transports/listen.ts';

const LOOPBACK = new AddressSet(['127.0.0.0/8', '::1/128']);

/** Whether only this machine can reach a listener on that host. */
export function isLoopbackHost(host: string | undefined): boolean {
  if (host === undefined) return false;
  return host === 'localhost' || (isIP(host) !== 0 && LOOPBACK.has(host));
}

function addressText(address: ListenAddress): string {
  if (address.kind === 'unix') return address.path;
  return `${address.host ?? 'all addresses'} port ${address.port}`;
}

/** Why an address could not be listened on, and what to do. */
export function listenFaultText(fault: ListenFault): string {
  const { address, code } = fault;
  const where = addressText(address);
  switch (code) {
    case 'EADDRINUSE':
      return address.kind === 'unix'
        ? `${where} is taken: a server is running there. Stop it, or choose another path.`
        : `port ${address.port} is taken: another server is running there. Stop it, or choose another with --port.`;
    case 'EADDRNOTAVAIL':
      return `this machine has no address ${address.kind === 'tcp' ? address.host : where}. "ip addr" lists the ones it has.`;
    case 'EACCES':
      return `not allowed to listen on ${where}. Ports below 1024 need root; choose another with --port.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `there is no host called ${address.kind === 'tcp' ? address.host : where}.`;
    case 'ENOENT':
      return `cannot listen on ${where}: there is no such folder.`;
    default:
      return `cannot listen on ${where}: ${code}.`;
  }
}

/** What to type to get here, for every address that others can use. */
export function joinLines(bound: readonly BoundAddress[], interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>): string {
  const commands = new Set(bound.flatMap((address) => joinCommands(address, interfaces)));
  return [
    '',
    'Partyline is open. Join it from another terminal or machine with',
    '',
    ...[...commands].map((command) => `    ${command}`),
    '',
    'Ctrl-C closes it.',
    '',
  ].join('\n');
}

function joinCommands(address: BoundAddress, interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>): string[] {
  if (address.kind === 'unix') return [`nc -U ${address.path}`];
  const { host, port } = address;
  if (host !== '::' && host !== '0.0.0.0') return [`nc ${host} ${port}`];
  const reachable = Object.values(interfaces)
    .flatMap((list) => list ?? [])
    .filter(
      ({ family, internal, address: ip }) =>
        !internal && (family === 'IPv4' || host === '::') && !ip.startsWith('fe80:'),
    )
    .toSorted((a, b) => (a.family === b.family ? 0 : a.family === 'IPv4' ? -1 : 1));
  return [...reachable.map(({ address: ip }) => `nc ${ip} ${port}`), `nc 127.0.0.1 ${port}`];
}
