import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** The client's first message (RFC 5802 section 7, "client-first-message"). */
export interface ScramClientFirst {
  /** What precedes the message proper, as the client will repeat it. */
  readonly header: string;
  /** Whom the client wants to act for; empty when for the one who is named. */
  readonly authorization: string;
  readonly name: string;
  readonly nonce: string;
  /** The message without the header. */
  readonly bare: string;
}

/** The client's last message (RFC 5802 section 7, "client-final-message"). */
export interface ScramClientFinal {
  /** The header of the first message. */
  readonly header: string;
  readonly nonce: string;
  readonly proof: Buffer;
  readonly withoutProof: string;
}

const CLIENT_FIRST = /^((?:n|y),(?:a=([^,]*))?,)(n=([^,]+),r=([\x21-\x2b\x2d-\x7e]+)(?:,.*)?)$/su;
const CLIENT_FINAL = /^(c=([A-Za-z0-9+/=]+),r=([\x21-\x2b\x2d-\x7e]+)(?:,.*)?),p=([A-Za-z0-9+/=]+)$/su;

/** Undefined for what is none, and for one that asks for what is not spoken here: channel binding, an extension. */
export function parseClientFirst(text: string): ScramClientFirst | undefined {
  const [, header, authorizationText = '', bare, nameText, nonce] = CLIENT_FIRST.exec(text) ?? [];
  if (header === undefined || bare === undefined || nameText === undefined || nonce === undefined) return undefined;
  const [authorization, name] = [decodeName(authorizationText), decodeName(nameText)];
  if (authorization === undefined || name === undefined) return undefined;
  return { header, authorization, name, nonce, bare };
}

export function parseClientFinal(text: string): ScramClientFinal | undefined {
  const [, withoutProof, header, nonce, proof] = CLIENT_FINAL.exec(text) ?? [];
  if (withoutProof === undefined || header === undefined || nonce === undefined || proof === undefined)
    return undefined;
  return {
    header: Buffer.from(header, 'base64').toString('utf8'),
    nonce,
    proof: Buffer.from(proof, 'base64'),
    withoutProof,
  };
}

/** @param nonce the client's, with the server's behind it. @param salt in base 64. */
export function serverFirst(nonce: string, salt: string, iterations: number): string {
  return `r=${nonce},s=${salt},i=${iterations}`;
}

/** What both sides have said, for signing (RFC 5802 section 3, "AuthMessage"). */
export function authMessage(first: ScramClientFirst, server: string, final: ScramClientFinal): string {
  return `${first.bare},${server},${final.withoutProof}`;
}

/** Whether a proof was made by somebody who knows the password: RFC 5802 section 3, "ClientProof". */
export function isProof(hash: 'sha256' | 'sha512', storedKey: Buffer, message: string, proof: Buffer): boolean {
  const signature = createHmac(hash, storedKey).update(message).digest();
  if (proof.length !== signature.length) return false;
  const clientKey = Buffer.from(proof.map((byte, index) => byte ^ (signature[index] ?? 0)));
  const stored = createHash(hash).update(clientKey).digest();
  return stored.length === storedKey.length && timingSafeEqual(stored, storedKey);
}

/** The server's last message, which proves that it knows the keys. */
export function serverFinal(hash: 'sha256' | 'sha512', serverKey: Buffer, message: string): string {
  return `v=${createHmac(hash, serverKey).update(message).digest('base64')}`;
}

/** RFC 5802 section 5.1: in a name "," is "=2C" and "=" is "=3D", and no other "=" may be in it. */
function decodeName(text: string): string | undefined {
  if (/=(?!2C|3D)/u.test(text)) return undefined;
  return text.replaceAll('=2C', ',').replaceAll('=3D', '=');
}
