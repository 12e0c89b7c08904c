import { isIPv6 } from 'node:net';

/** Where a client connects to. */
export type Target =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string };

export const DEFAULT_PORT = 8001;

/** Reads `HOST`, `HOST:PORT`, `[IPV6]:PORT`, a bare IPv6 address or `unix:/PATH`; undefined when it is none of them. */
export function parseTarget(text: string, portText: string | undefined): Target | undefined {
  if (text.startsWith('unix:'))
    return text === 'unix:' ? undefined : { kind: 'unix', path: text.slice('unix:'.length) };
  const parts = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d+))?$/.exec(text);
  const host = parts?.[1] ?? parts?.[2] ?? (isIPv6(text) ? text : undefined);
  const digits = portText ?? parts?.[3] ?? String(DEFAULT_PORT);
  const port = /^\d{1,5}$/.test(digits) ? Number(digits) : 0;
  return host === undefined || port < 1 || port > 65535 ? undefined : { kind: 'tcp', host, port };
}

export function targetText(target: Target): string {
  return target.kind === 'unix' ? target.path : `${target.host} port ${target.port}`;
}
