import { ok, refuse, type Result } from './result.ts';

/** Reads the SHA-256 fingerprint of a certificate, as programs show it: hex in any case, with colons or without. */
export function parseFingerprint(text: string): Result<string, { readonly kind: 'bad-fingerprint' }> {
  const hex = text.replaceAll(':', '').toLowerCase();
  return /^[0-9a-f]{64}$/.test(hex) ? ok(hex) : refuse({ kind: 'bad-fingerprint' });
}
