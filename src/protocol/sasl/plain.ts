/** A message of the PLAIN mechanism (RFC 4616 section 2). */
export interface PlainMessage {
  /** Whom the client wants to act for; empty when for the one whose password it is. */
  readonly authorization: string;
  readonly authentication: string;
  readonly password: string;
}

export function parsePlainMessage(text: string): PlainMessage | undefined {
  const [authorization, authentication, password, ...more] = text.split('\0');
  if (authorization === undefined || authentication === undefined || password === undefined) return undefined;
  if (more.length > 0 || authentication === '' || password === '') return undefined;
  return { authorization, authentication, password };
}
