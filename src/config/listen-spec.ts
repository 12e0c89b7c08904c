/** Protocols that a listener can be pinned to. */
export const PROTOCOL_NAMES = ['plain', 'irc', 'tls', 'http', 'ssh'] as const;

/** An address to listen on, as the settings and flags write it. */
export type ListenSpec = {
  /** The protocols it speaks; undefined for all. */
  readonly protocols: readonly string[] | undefined;
} & (
  | { readonly kind: 'tcp'; readonly host: string | undefined; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string }
);

type Parsed = { readonly ok: true; readonly value: ListenSpec } | { readonly ok: false; readonly problem: string };

const refused = (problem: string): Parsed => ({ ok: false, problem });

/** Reads `HOST:PORT`, `*:PORT` (all addresses), `[IPV6]:PORT` or `unix:/PATH`, with `=plain,irc` or the like behind it. */
export function parseListenSpec(text: string): Parsed {
  const equals = text.lastIndexOf('=');
  const address = equals === -1 ? text : text.slice(0, equals);
  const protocols = equals === -1 ? undefined : text.slice(equals + 1).split(',');
  const unknown = protocols?.find((name) => !PROTOCOL_NAMES.some((known) => known === name));
  if (unknown !== undefined)
    return refused(`there is no protocol "${unknown}"; there are ${PROTOCOL_NAMES.join(', ')}`);
  if (address.startsWith('unix:')) {
    const path = address.slice('unix:'.length);
    return path === ''
      ? refused('a path is missing behind "unix:"')
      : { ok: true, value: { kind: 'unix', path, protocols } };
  }
  const parts = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d+)$/.exec(address);
  if (parts === null) return refused('it is not HOST:PORT, *:PORT, [IPV6]:PORT or unix:/PATH');
  const [, ipv6, name, digits] = parts;
  const port = Number(digits);
  if (port > 65535) return refused(`there is no port ${digits}; the last one is 65535`);
  const host = ipv6 ?? name;
  return { ok: true, value: { kind: 'tcp', host: host === '*' ? undefined : host, port, protocols } };
}
