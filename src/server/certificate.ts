import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../config/settings.ts';
import type { KeyPair } from '../transports/tls.ts';

/** Days that a certificate of our own making is valid. */
const SELF_SIGNED_DAYS = 3650;

/**
 * The certificate of the settings; without one, a self-signed pair of the server's own in its data directory, made on
 * first use with the system's openssl. Undefined when there is neither. Throws when a file that is named cannot be read.
 */
export function loadKeyPair({ tls, data, name }: Settings): KeyPair | undefined {
  if (tls.cert !== '' && tls.key !== '') {
    return { cert: readFileSync(tls.cert, 'utf8'), key: readFileSync(tls.key, 'utf8') };
  }
  const [cert, key] = [join(data, 'tls', 'self-signed.crt'), join(data, 'tls', 'self-signed.key')];
  if (!existsSync(cert) && !makeSelfSigned(join(data, 'tls'), cert, key, name)) return undefined;
  return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
}

function makeSelfSigned(folder: string, cert: string, key: string, name: string): boolean {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const subject = ['-subj', `/CN=${name}`, '-days', String(SELF_SIGNED_DAYS), '-nodes'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  try {
    execFileSync('openssl', ['req', '-x509', ...kind, ...subject, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    chmodSync(key, 0o600);
    return true;
  } catch {
    return false;
  }
}
