/** What a client of a protocol that is not spoken here is answered, in that protocol, before the connection ends. */

/** RFC 8446 section 6: a fatal alert, protocol_version (70), in the record form that every version reads. */
export const TLS_REFUSAL = Buffer.from([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 70]);

const HTTP_BODY =
  'This is a Partyline chat server, and this address does not serve web pages. Join it with nc or telnet.\n';

/** RFC 9110 section 15.6.2: 501, the server does not do what the request needs. */
export const HTTP_REFUSAL = Buffer.from(
  [
    'HTTP/1.1 501 Not Implemented',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${HTTP_BODY.length}`,
    'Connection: close',
    '',
    HTTP_BODY,
  ].join('\r\n'),
);

/**
 * RFC 4253: an identification string (section 4.2), then one unencrypted packet (section 6): SSH_MSG_DISCONNECT with
 * SSH_DISCONNECT_SERVICE_NOT_AVAILABLE and words for the user (section 11.1).
 */
export const SSH_REFUSAL = Buffer.concat([
  Buffer.from('SSH-2.0-Partyline\r\n'),
  sshPacket(sshDisconnect(7, 'SSH is not served here; join with nc or telnet')),
]);

function sshDisconnect(reason: number, text: string): Buffer {
  const head = Buffer.alloc(9);
  head.writeUInt8(1, 0);
  head.writeUInt32BE(reason, 1);
  head.writeUInt32BE(text.length, 5);
  return Buffer.concat([head, Buffer.from(text), Buffer.alloc(4)]);
}

function sshPacket(payload: Buffer): Buffer {
  // The whole is a multiple of 8 and has at least 4 bytes of padding.
  const padding = 8 - ((payload.length + 5) % 8) + ((payload.length + 5) % 8 > 4 ? 8 : 0);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(payload.length + padding + 1, 0);
  head.writeUInt8(padding, 4);
  return Buffer.concat([head, payload, Buffer.alloc(padding)]);
}
