import { BlockList, isIPv4, isIPv6 } from 'node:net';
import type { Chat } from './chat.ts';
import { fullName, matchesMask } from './mask.ts';
import type { Persona, Session } from './session.ts';

/** What a ban from the server goes by: `nick!user@host` masks, or networks such as `192.0.2.0/24`. */
export type ServerBanKind = 'name' | 'network';

/** A ban from the whole server. */
export interface ServerBan {
  readonly kind: ServerBanKind;
  readonly mask: string;
  readonly reason: string;
  readonly by: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** When it ends, in milliseconds since 1970; undefined for never. */
  readonly until: number | undefined;
  /** The network, ready to be asked; undefined for a ban by name. */
  readonly network: BlockList | undefined;
}

/** Bans that a server keeps. */
export const MAX_SERVER_BANS = 10_000;

/** What a ban is found by: it is the same one in any spelling. */
export function serverBanKey(kind: ServerBanKind, mask: string): string {
  return `${kind} ${mask.toLowerCase()}`;
}

/** Reads an address or a network (`192.0.2.1`, `2001:db8::/32`). Undefined when it is none. */
export function parseNetwork(text: string): BlockList | undefined {
  const [address = '', prefix, ...more] = text.split('/');
  const bits = isIPv4(address) ? 32 : isIPv6(address) ? 128 : undefined;
  if (bits === undefined || more.length > 0) return undefined;
  if (prefix !== undefined && (!/^\d{1,3}$/.test(prefix) || Number(prefix) > bits)) return undefined;
  const network = new BlockList();
  network.addSubnet(address, prefix === undefined ? bits : Number(prefix), bits === 32 ? 'ipv4' : 'ipv6');
  return network;
}

/** Whether a ban is about somebody, wherever one of their devices is. */
export function isServerBanFor(ban: ServerBan, { persona, address, devices }: Session): boolean {
  const addresses = new Set([address, ...[...devices.values()].map((device) => device.address)]);
  return [...addresses].some((one) => isBanFor(ban, persona, one));
}

function isBanFor({ kind, mask, network }: ServerBan, persona: Persona, address: string): boolean {
  if (kind === 'network') return network?.check(address, isIPv4(address) ? 'ipv4' : 'ipv6') === true;
  // By the real address too: a cloak is no shelter.
  return (
    matchesMask(mask, fullName(persona)) ||
    (address !== '' && matchesMask(mask, `${persona.name}!${persona.user}@${address}`))
  );
}

/** The ban that keeps somebody from the server, if there is one. Those whose time is over are forgotten. */
export function findServerBan(chat: Chat, session: Session, kind: ServerBanKind, at: number): ServerBan | undefined {
  for (const [key, ban] of chat.serverBans) {
    if (ban.until !== undefined && ban.until <= at) chat.serverBans.delete(key);
    else if (ban.kind === kind && isServerBanFor(ban, session)) return ban;
  }
  return undefined;
}
