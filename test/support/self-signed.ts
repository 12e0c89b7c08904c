import type { TestContext } from 'node:test';
import { defaultSettings } from '../../src/config/settings.ts';
import { loadKeyPair } from '../../src/server/certificate.ts';
import type { KeyPair } from '../../src/transports/tls.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A pair such as a server makes for itself, or a client for logging in with. */
export function selfSigned(t: TestContext): KeyPair {
  const keyPair = loadKeyPair({ ...defaultSettings(), data: temporaryFolder(t) });
  if (keyPair === undefined) throw new Error('openssl made no certificate');
  return keyPair;
}
