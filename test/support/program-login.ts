import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyPair } from '../../src/transports/tls.ts';

/**
 * How a program logs in to the account that is named like its nick: with a password, perhaps as a device that has a name, or
 * with a certificate over TLS.
 */
export type ProgramLogin =
  | {
      readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
      readonly password: string;
      readonly device?: string;
    }
  | { readonly mechanism: 'EXTERNAL'; readonly certificate: KeyPair };

/** Writes a certificate and its key into one file, as clients want them. */
export function writeKeyPair(folder: string, { cert, key }: KeyPair): string {
  const file = join(folder, 'own.pem');
  writeFileSync(file, `${cert}\n${key}\n`);
  return file;
}

/** What a program says it is called when it logs in. */
export function loginName(nick: string, login: ProgramLogin): string {
  return login.mechanism === 'EXTERNAL' || login.device === undefined ? nick : `${nick}@${login.device}`;
}
