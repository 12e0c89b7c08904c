import { isIP } from 'node:net';

/** What a load balancer says of a connection that it passes on, in the first bytes that it sends (PROXY protocol). */
export type ProxyHeader =
  /** More bytes are needed to tell. */
  | { readonly kind: 'unfinished' }
  | { readonly kind: 'bad' }
  /** The balancer's own connection, such as a health check, or one of a kind that has no address. */
  | { readonly kind: 'own'; readonly bytes: number }
  | {
      readonly kind: 'from';
      readonly bytes: number;
      readonly address: string;
      readonly port: number;
      /** Whether the client spoke TLS with the balancer; only version 2 can say so. */
      readonly isSecure: boolean;
    };

const UNFINISHED: ProxyHeader = { kind: 'unfinished' };
const BAD: ProxyHeader = { kind: 'bad' };
/** Version 1: the longest line, with its end. */
const MAX_LINE_BYTES = 107;
const SIGNATURE = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1');
const V2_HEAD_BYTES = 16;
/** Version 2: the longest header that is taken, with all its extensions. */
const MAX_V2_BYTES = 2048;
/** PP2_TYPE_SSL, and the bit in it that says that the client spoke TLS. */
const SSL_EXTENSION = 0x20;
const CLIENT_SSL = 0x01;

/** Reads the header of the PROXY protocol, version 1 or 2 (haproxy.org, proxy-protocol.txt). */
export function readProxyHeader(bytes: Buffer): ProxyHeader {
  if (bytes.length === 0) return UNFINISHED;
  return bytes[0] === SIGNATURE[0] ? readVersion2(bytes) : readVersion1(bytes);
}

function readVersion1(bytes: Buffer): ProxyHeader {
  const end = bytes.indexOf('\r\n');
  const head = bytes.toString('latin1', 0, Math.min(6, bytes.length));
  if (!'PROXY '.startsWith(head)) return BAD;
  if (end === -1) return bytes.length < MAX_LINE_BYTES ? UNFINISHED : BAD;
  const [, family, address = '', , port = ''] = bytes.toString('latin1', 0, end).split(' ');
  if (family === 'UNKNOWN') return { kind: 'own', bytes: end + 2 };
  const version = family === 'TCP4' ? 4 : family === 'TCP6' ? 6 : undefined;
  if (version === undefined || isIP(address) !== version || !isPort(port)) return BAD;
  return { kind: 'from', bytes: end + 2, address, port: Number(port), isSecure: false };
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65535;
}

function readVersion2(bytes: Buffer): ProxyHeader {
  const known = Math.min(bytes.length, SIGNATURE.length);
  if (!bytes.subarray(0, known).equals(SIGNATURE.subarray(0, known))) return BAD;
  if (bytes.length < V2_HEAD_BYTES) return UNFINISHED;
  const [versionAndCommand, familyAndKind] = [bytes.readUInt8(12), bytes.readUInt8(13)];
  const end = V2_HEAD_BYTES + bytes.readUInt16BE(14);
  if (versionAndCommand >> 4 !== 2 || end > MAX_V2_BYTES) return BAD;
  if (bytes.length < end) return UNFINISHED;
  const isLocal = (versionAndCommand & 0x0f) === 0;
  const family = familyAndKind >> 4;
  const addressBytes = family === 1 ? 4 : family === 2 ? 16 : undefined;
  if (isLocal || addressBytes === undefined) return { kind: 'own', bytes: end };
  const extensions = V2_HEAD_BYTES + 2 * addressBytes + 4;
  if (extensions > end) return BAD;
  const source = bytes.subarray(V2_HEAD_BYTES, V2_HEAD_BYTES + addressBytes);
  return {
    kind: 'from',
    bytes: end,
    address: addressBytes === 4 ? source.join('.') : ipv6Text(source),
    port: bytes.readUInt16BE(V2_HEAD_BYTES + 2 * addressBytes),
    isSecure: hasClientSsl(bytes.subarray(extensions, end)),
  };
}

/** An IPv6 address in the form that everybody writes (RFC 5952). */
function ipv6Text(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  return new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1);
}

function hasClientSsl(extensions: Buffer): boolean {
  let at = 0;
  while (at + 3 <= extensions.length) {
    const [type, length] = [extensions.readUInt8(at), extensions.readUInt16BE(at + 1)];
    if (type === SSL_EXTENSION && length >= 1 && at + 3 < extensions.length) {
      return (extensions.readUInt8(at + 3) & CLIENT_SSL) !== 0;
    }
    at += 3 + length;
  }
  return false;
}
