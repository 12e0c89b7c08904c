import { argon2, createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Credentials, ScramKeys } from '../domain/account.ts';
import type { NickKey } from '../domain/nick.ts';
import type { Passwords, ScramHash } from '../domain/passwords.ts';
import type { OneRefusal } from '../domain/refusal.ts';
import { ok, refuse, type Result } from '../domain/result.ts';
import { preparePassword } from './prepared-password.ts';
import { WorkQueue } from './work-queue.ts';

const argon2Async = promisify(argon2);
const pbkdf2Async = promisify(pbkdf2);

/** OWASP, "Password Storage Cheat Sheet": argon2id with 19 MiB of memory, two passes and one lane. */
const ARGON2 = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
const SALT_BYTES = 16;
/** RFC 7677 section 4 asks for 4096 at least. Clients have to compute as many, some of them in their main loop. */
const SCRAM_ITERATIONS = 16_384;
const SCRAM_HASHES = { sha256: { name: 'sha256', bytes: 32 }, sha512: { name: 'sha512', bytes: 64 } } as const;

/** Passwords that are worked on at once: the system has four threads for such work, and others need them too. */
const MAX_AT_ONCE = 2;
const MAX_WAITING = 200;
/** When to try again if too many wait, in milliseconds: by then most of those have had their turn. */
const RETRY_MS = 5000;

/** Makes and checks what is kept of passwords: argon2id, and the keys for SCRAM (RFC 5802). */
export class PasswordWork implements Passwords {
  readonly #queue = new WorkQueue(MAX_AT_ONCE, MAX_WAITING);
  readonly #secret: Buffer;
  readonly #minChars: number;

  /** @param secret stays the same over restarts; nobody can find out with it what a password is. */
  constructor(secret: Buffer, minChars: number) {
    this.#secret = secret;
    this.#minChars = minChars;
  }

  async hash(password: string): Promise<Result<Credentials, OneRefusal>> {
    const prepared = preparePassword(password, this.#minChars);
    if (!prepared.ok) return refuse({ kind: 'bad-password', problem: prepared.error });
    return (await this.#queue.run(async () => ok(await makeCredentials(prepared.value)))) ?? tooBusy();
  }

  async verify(credentials: Credentials | undefined, password: string): Promise<Result<boolean, OneRefusal>> {
    const prepared = preparePassword(password, 0);
    const text = prepared.ok ? prepared.value : '';
    const [salt = '', hash = ''] = credentials?.password.split('$') ?? [];
    const work = async (): Promise<Result<boolean, OneRefusal>> => {
      const made = await argon2id(text, Buffer.from(salt, 'base64'));
      const kept = Buffer.from(hash, 'base64');
      return ok(prepared.ok && made.length === kept.length && timingSafeEqual(made, kept));
    };
    return (await this.#queue.run(work)) ?? tooBusy();
  }

  decoy(name: NickKey, hash: ScramHash): ScramKeys {
    const secret = (use: string): Buffer => createHmac('sha512', this.#secret).update(`${use} ${name}`).digest();
    const { bytes } = SCRAM_HASHES[hash];
    return {
      salt: secret(`salt ${hash}`).subarray(0, SALT_BYTES).toString('base64'),
      iterations: SCRAM_ITERATIONS,
      storedKey: secret(`stored ${hash}`).subarray(0, bytes).toString('base64'),
      serverKey: secret(`server ${hash}`).subarray(0, bytes).toString('base64'),
    };
  }
}

function tooBusy(): Result<never, OneRefusal> {
  return refuse({ kind: 'too-busy', retryMs: RETRY_MS });
}

async function makeCredentials(password: string): Promise<Credentials> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await argon2id(password, salt);
  const sha256 = await scramKeys(password, 'sha256');
  const sha512 = await scramKeys(password, 'sha512');
  return { password: `${salt.toString('base64')}$${hash.toString('base64')}`, scram: { sha256, sha512 } };
}

function argon2id(password: string, salt: Buffer): Promise<Buffer> {
  // A salt is kept with every password; where there is none, any will do to take the time.
  const nonce = salt.length === SALT_BYTES ? salt : Buffer.alloc(SALT_BYTES);
  return argon2Async('argon2id', { message: Buffer.from(password), nonce, ...ARGON2 });
}

/** RFC 5802 section 3: StoredKey and ServerKey. */
async function scramKeys(password: string, use: ScramHash): Promise<ScramKeys> {
  const { name, bytes } = SCRAM_HASHES[use];
  const salt = randomBytes(SALT_BYTES);
  const salted = await pbkdf2Async(password, salt, SCRAM_ITERATIONS, bytes, name);
  const clientKey = createHmac(name, salted).update('Client Key').digest();
  return {
    salt: salt.toString('base64'),
    iterations: SCRAM_ITERATIONS,
    storedKey: createHash(name).update(clientKey).digest('base64'),
    serverKey: createHmac(name, salted).update('Server Key').digest('base64'),
  };
}
