import type { Recognition } from '../first-line.ts';

/** TLSPlaintext (RFC 8446 section 5.1): type handshake, a legacy version 3.x, a length; then a ClientHello. */
const HANDSHAKE = 0x16;
const MAJOR_VERSION = 0x03;
const CLIENT_HELLO = 0x01;

/** Whether a connection's first bytes are a TLS ClientHello. */
export function recognizeTls(firstBytes: Buffer): Recognition {
  if (firstBytes[0] !== HANDSHAKE) return 'no';
  if (firstBytes.length >= 2 && firstBytes[1] !== MAJOR_VERSION) return 'no';
  if (firstBytes.length < 6) return 'maybe';
  return firstBytes[5] === CLIENT_HELLO ? 'yes' : 'no';
}
